package io.sunchak.admission.link;

import io.lettuce.core.api.async.RedisAsyncCommands;
import io.sunchak.admission.script.UnacknowledgedException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * How many replicas must have what was reserved before anybody is told. An answer then outlives the
 * primary, and a primary that was cut off from its replicas can promise nothing: that is the fence
 * between an old primary and a new one. A replica acknowledges what it has in memory; with {@code
 * appendfsync always} it has synced it soon after.
 *
 * @param needed 0 to wait for none
 */
public record ReplicaAcks(int needed) {
  /** Waits for no replica. */
  public static final ReplicaAcks NONE = new ReplicaAcks(0);

  /** Longer than a busy replica takes, and shorter than a call may. */
  private static final Duration LIMIT = Duration.ofSeconds(1);

  /**
   * Sends {@code WAIT} right behind a call, so that it covers what the call wrote, and what it read
   * (server.c: each command moves the offset that its connection waits for).
   *
   * @return the call's answer; fails with an {@link UnacknowledgedException} if too few have it
   */
  public <T> CompletionStage<T> behind(
      RedisAsyncCommands<String, String> redis, CompletionStage<T> call) {
    if (needed == 0) {
      return call;
    }
    return call.thenCombine(
        redis.waitForReplication(needed, LIMIT.toMillis()),
        (answer, heard) -> {
          if (heard < needed) {
            throw new UnacknowledgedException(heard, needed);
          }
          return answer;
        });
  }

  /** Throws a {@link io.sunchak.core.log.LogException} if {@code WAIT} may not be used. */
  void refuseMissingRight(Link link) {
    if (needed > 0) {
      link.await(link.commands().waitForReplication(0, 1));
    }
  }

  /**
   * The setting that is not as needed, in the words of Redis' {@code INFO replication}; empty if
   * enough replicas are there.
   */
  Optional<String> missing(Map<String, String> replication) {
    long online =
        replication.entrySet().stream()
            .filter(field -> field.getKey().matches("slave\\d+"))
            .filter(field -> field.getValue().contains("state=online"))
            .count();
    return online >= needed
        ? Optional.empty()
        : Optional.of(
            "Redis: %d replicas are connected and must be at least %d (sunchak.redis.acks)"
                .formatted(online, needed));
  }
}
