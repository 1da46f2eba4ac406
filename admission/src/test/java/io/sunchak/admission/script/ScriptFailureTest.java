package io.sunchak.admission.script;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisBusyException;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisLoadingException;
import io.lettuce.core.RedisReadOnlyException;
import io.sunchak.core.IssueOutcome;
import io.sunchak.core.IssueOutcome.Unavailable;
import io.sunchak.core.IssueOutcome.Unavailable.Reason;
import java.io.IOException;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ScriptFailureTest {
  static Stream<Throwable> withoutEffect() {
    return Stream.of(
        new RedisLoadingException("LOADING Redis is loading the dataset in memory"),
        new RedisReadOnlyException("READONLY You can't write against a read only replica."),
        new RedisCommandExecutionException("MASTERDOWN Link with MASTER is down"),
        new RedisException("Currently not connected. Commands are rejected."));
  }

  @ParameterizedTest
  @MethodSource("withoutEffect")
  void what_redis_refuses_for_its_state_had_no_effect_and_ends_the_connection(Throwable error) {
    assertThat(ScriptFailure.of(error))
        .isEqualTo(new ScriptFailure(new Unavailable(Reason.REDIS_DOWN), true, true))
        .isEqualTo(ScriptFailure.of(new CompletionException(error)));
  }

  static Stream<Throwable> passing() {
    return Stream.of(
        new RedisBusyException("BUSY Redis is busy running a script."),
        new RedisCommandExecutionException(
            "OOM command not allowed when used memory > 'maxmemory'"));
  }

  @ParameterizedTest
  @MethodSource("passing")
  void what_passes_by_itself_had_no_effect_and_leaves_the_gate_open(Throwable error) {
    ScriptFailure failure = ScriptFailure.of(new CompletionException(error));
    assertThat(failure.outcome()).isInstanceOf(Unavailable.class);
    assertThat(failure.shutsGate() || failure.endsConnection()).isFalse();
  }

  static Stream<Throwable> unclear() {
    return Stream.of(
        new RedisException("Connection closed"),
        new IOException("Connection reset by peer"),
        new RedisCommandExecutionException("NOPERM this user has no permissions"),
        new RedisCommandExecutionException("ERR script error, which spoke of OOM"),
        new CompletionException(null),
        new IllegalStateException());
  }

  @ParameterizedTest
  @MethodSource("unclear")
  void every_other_error_may_have_happened(Throwable error) {
    assertThat(ScriptFailure.of(error))
        .isEqualTo(new ScriptFailure(new IssueOutcome.Unknown(), true, false));
  }

  @Test
  void silence_may_have_happened_and_ends_the_connection() {
    assertThat(ScriptFailure.of(new RedisCommandTimeoutException("Command timed out")))
        .isEqualTo(new ScriptFailure(new IssueOutcome.Unknown(), true, true));
  }
}
