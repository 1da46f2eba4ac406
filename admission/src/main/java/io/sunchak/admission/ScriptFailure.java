package io.sunchak.admission;

import io.lettuce.core.RedisBusyException;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisLoadingException;
import io.lettuce.core.RedisReadOnlyException;
import io.sunchak.core.IssueOutcome;
import io.sunchak.core.IssueOutcome.Unavailable;
import io.sunchak.core.IssueOutcome.Unavailable.Reason;
import java.util.concurrent.CompletionException;

/**
 * What a call without a word from the script means. Only errors that Redis gives before a script
 * writes are "no effect"; all others, silence included, may have happened.
 *
 * @param shutsGate whether the connection must be verified again before it serves
 */
record ScriptFailure(IssueOutcome outcome, boolean shutsGate) {
  /** Lettuce's word for a call that it did not write, because the connection was gone. */
  private static final String NOT_WRITTEN = "Currently not connected. Commands are rejected.";

  static ScriptFailure of(Throwable thrown) {
    Throwable error =
        thrown instanceof CompletionException && thrown.getCause() != null
            ? thrown.getCause()
            : thrown;
    String message = String.valueOf(error.getMessage());
    if (error instanceof RedisBusyException) {
      return new ScriptFailure(new Unavailable(Reason.OVERLOADED), false);
    }
    if (error instanceof RedisLoadingException
        || error instanceof RedisReadOnlyException
        || message.startsWith("MASTERDOWN")
        || message.equals(NOT_WRITTEN)) {
      return new ScriptFailure(new Unavailable(Reason.REDIS_DOWN), true);
    }
    if (error instanceof RedisCommandExecutionException && message.startsWith("OOM")) {
      return new ScriptFailure(new Unavailable(Reason.REDIS_DOWN), false);
    }
    return new ScriptFailure(new IssueOutcome.Unknown(), true);
  }
}
