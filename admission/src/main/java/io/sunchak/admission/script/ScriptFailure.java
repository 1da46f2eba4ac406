package io.sunchak.admission.script;

import io.lettuce.core.RedisBusyException;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandTimeoutException;
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
 * @param shutsGate whether the campaign must be verified again before it is served
 * @param endsConnection whether Redis is perhaps not the one any more whose settings were checked:
 *     another connection is then checked from the start
 */
public record ScriptFailure(IssueOutcome outcome, boolean shutsGate, boolean endsConnection) {
  /** Lettuce's word for a call that it did not write, because the connection was gone. */
  private static final String NOT_WRITTEN = "Currently not connected. Commands are rejected.";

  /** What {@code thrown}, or what it wraps, means. */
  public static ScriptFailure of(Throwable thrown) {
    Throwable error =
        thrown instanceof CompletionException && thrown.getCause() != null
            ? thrown.getCause()
            : thrown;
    String message = String.valueOf(error.getMessage());
    if (error instanceof UnacknowledgedException) {
      return new ScriptFailure(new IssueOutcome.Unknown(), false, false);
    }
    if (error instanceof RedisBusyException) {
      return passing(Reason.OVERLOADED);
    }
    if (error instanceof RedisCommandExecutionException && message.startsWith("OOM")) {
      return passing(Reason.REDIS_DOWN);
    }
    if (error instanceof RedisLoadingException
        || error instanceof RedisReadOnlyException
        || message.startsWith("MASTERDOWN")
        || message.equals(NOT_WRITTEN)) {
      return new ScriptFailure(new Unavailable(Reason.REDIS_DOWN), true, true);
    }
    boolean silent = error instanceof RedisCommandTimeoutException;
    return new ScriptFailure(new IssueOutcome.Unknown(), true, silent);
  }

  private static ScriptFailure passing(Reason reason) {
    return new ScriptFailure(new Unavailable(reason), false, false);
  }
}
