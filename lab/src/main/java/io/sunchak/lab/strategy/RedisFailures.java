package io.sunchak.lab.strategy;

import io.sunchak.core.IssueOutcome;
import io.sunchak.core.IssueOutcome.Unavailable;
import io.sunchak.core.IssueOutcome.Unavailable.Reason;
import io.sunchak.core.ledger.LedgerException;
import io.sunchak.lab.async.Stages;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.RedisConnectionFailureException;

/** What a user is told when an engine fails: never "sold out", and "no effect" only when sure. */
final class RedisFailures {
  private RedisFailures() {}

  static IssueOutcome outcome(Throwable failure) {
    Throwable cause = Stages.cause(failure);
    return switch (cause) {
      // The facts could not be read, from the last place that has them: nothing was asked of Redis.
      case LedgerException away -> new Unavailable(Reason.REBUILDING);
      case RedisConnectionFailureException away -> new Unavailable(Reason.REDIS_DOWN);
      case DataAccessException unclear when isRejected(unclear) ->
          new Unavailable(Reason.REDIS_DOWN);
      case DataAccessException unclear -> new IssueOutcome.Unknown();
      case RuntimeException defect -> throw defect;
      default -> throw new IllegalStateException(cause);
    };
  }

  /** How Lettuce reports a command that was never written, because there is no connection. */
  private static boolean isRejected(DataAccessException unclear) {
    return String.valueOf(unclear.getMostSpecificCause().getMessage())
        .startsWith("Currently not connected");
  }
}
