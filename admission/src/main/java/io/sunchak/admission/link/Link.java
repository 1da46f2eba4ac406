package io.sunchak.admission.link;

import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.sunchak.core.log.LogException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A connection to Redis that is made anew when it is lost. A command is written at most once, on
 * the connection that it was meant for, and every connection has a number. Thread-safe.
 */
public interface Link {
  /** Told after each loss and each new connection, on an arbitrary thread: return quickly. */
  void onChange(Runnable listener);

  /** The connection that stands; null when none does. */
  @Nullable Established established();

  /** From now on {@code doubtful} does not stand; another connection is made in its place. */
  void giveUp(@Nullable Established doubtful);

  /** Waits for the end of the first attempt to connect: why none will help; empty where one may. */
  Optional<String> firstAttempt();

  /**
   * Waits for an answer of the connection that stands. Without one in time the connection is given
   * up: a peer that is gone without a word would else be asked for as long as TCP hopes for it.
   *
   * @throws LogException when there is none in time, or it is an error
   */
  <T> T await(CompletionStage<T> answer);

  /** The number of the connection that stands. */
  default OptionalLong connectionNumber() {
    Established now = established();
    return now == null ? OptionalLong.empty() : OptionalLong.of(now.number());
  }

  /**
   * The commands of the connection that stands.
   *
   * @throws LogException when none does
   */
  default RedisAsyncCommands<String, String> commands() {
    Established now = established();
    if (now == null) {
      throw new LogException("Redis is not connected", null);
    }
    return now.commands();
  }

  /**
   * A connection that stands until {@code lost}.
   *
   * @param order makes the writes that are asked of it one after the other
   */
  record Established(
      long number,
      StatefulRedisConnection<String, String> connection,
      Executor order,
      CountDownLatch lost) {
    public RedisAsyncCommands<String, String> commands() {
      return connection.async();
    }

    /**
     * Sends a command behind all that were sent in this way before, from whichever thread.
     *
     * @return completed as the command's own answer is
     */
    public <T> CompletionStage<T> inOrder(
        Function<RedisAsyncCommands<String, String>, CompletionStage<T>> command) {
      CompletableFuture<T> answer = new CompletableFuture<>();
      order.execute(() -> {
        try {
          var _ =
              command
                  .apply(commands())
                  .whenComplete((value, error) -> {
                    if (error == null) {
                      answer.complete(value);
                    } else {
                      answer.completeExceptionally(error);
                    }
                  });
        } catch (RuntimeException notSent) {
          answer.completeExceptionally(notSent);
        }
      });
      return answer;
    }
  }
}
