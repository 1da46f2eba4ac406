package io.sunchak.embedded;

import java.time.Duration;

/**
 * How to run the engines. Immutable.
 *
 * @param durability whether each commit reaches the disk before it is answered
 * @param redisSource which Redis to take
 * @param startPatience how long a first start may take before it counts as failed
 * @param stopPatience how long an orderly stop may take before the engine is killed
 * @param listener hears of deaths and returns
 */
public record EngineOptions(
    Durability durability,
    RedisSource redisSource,
    Duration startPatience,
    Duration stopPatience,
    EngineListener listener) {

  /** Whether each commit reaches the disk before it is answered. */
  public enum Durability {
    /** The product: Redis {@code appendfsync always}, PostgreSQL {@code fsync=on}. */
    FSYNC,
    /** For comparison only: nothing is synced, and the guard refuses such engines. */
    OFF
  }

  /** Which Redis to take. */
  public enum RedisSource {
    /** A {@code redis-server} or {@code valkey-server} ≥ 6.2 on PATH, else the bundled one. */
    PATH_FIRST,
    /** The bundled one only. */
    BUNDLED
  }

  public static EngineOptions defaults() {
    return new EngineOptions(
        Durability.FSYNC,
        RedisSource.PATH_FIRST,
        Duration.ofSeconds(60),
        Duration.ofSeconds(8),
        EngineListener.NONE);
  }

  public EngineOptions with(Durability other) {
    return new EngineOptions(other, redisSource, startPatience, stopPatience, listener);
  }

  public EngineOptions with(RedisSource other) {
    return new EngineOptions(durability, other, startPatience, stopPatience, listener);
  }

  public EngineOptions with(EngineListener other) {
    return new EngineOptions(durability, redisSource, startPatience, stopPatience, other);
  }
}
