package io.sunchak.embedded.engine;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * How to run the engines. Immutable.
 *
 * @param roles which engines to run; the caller has others of its own
 * @param durability whether each commit reaches the disk before it is answered
 * @param redisSource which Redis to take
 * @param patience how long starting and stopping may take
 */
public record EngineOptions(
    Set<Role> roles, Durability durability, RedisSource redisSource, Patience patience) {

  public EngineOptions {
    roles = Set.copyOf(roles);
  }

  /** The role of an engine. */
  public enum Role {
    REDIS,
    POSTGRES;

    /** The name in files, threads and messages: {@code redis} or {@code postgres}. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Whether each commit reaches the disk before it is answered. */
  public enum Durability {
    /** The product: Redis {@code appendfsync always}, PostgreSQL {@code fsync=on}. */
    FSYNC,
    /** For comparison only: nothing is synced, and the server refuses such engines. */
    OFF
  }

  /** Which Redis to take. */
  public enum RedisSource {
    /** A {@code redis-server} or {@code valkey-server} ≥ 6.2 on PATH, else the bundled one. */
    PATH_FIRST,
    /** The bundled one only. */
    BUNDLED
  }

  /**
   * How long to wait for an engine.
   *
   * @param start how long a first start may take before it counts as failed
   * @param stop how long an orderly stop may take before the engine is killed
   */
  public record Patience(Duration start, Duration stop) {}

  public static EngineOptions defaults() {
    return new EngineOptions(
        EnumSet.allOf(Role.class),
        Durability.FSYNC,
        RedisSource.PATH_FIRST,
        new Patience(Duration.ofSeconds(60), Duration.ofSeconds(8)));
  }

  public EngineOptions with(Set<Role> other) {
    return new EngineOptions(other, durability, redisSource, patience);
  }

  public EngineOptions with(Durability other) {
    return new EngineOptions(roles, other, redisSource, patience);
  }

  public EngineOptions with(RedisSource other) {
    return new EngineOptions(roles, durability, other, patience);
  }

  public EngineOptions with(Patience other) {
    return new EngineOptions(roles, durability, redisSource, other);
  }
}
