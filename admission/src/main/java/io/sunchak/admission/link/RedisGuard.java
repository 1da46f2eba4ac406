package io.sunchak.admission.link;

import io.sunchak.core.log.LogException;
import java.util.Map;
import java.util.Optional;

/**
 * Checks that Redis' settings keep what a 202 promises, and that every command and script may run,
 * before the first user comes. Thread-safe, blocking. Facts from Redis 7's redis.conf and server.c:
 * with {@code appendfsync always} it syncs before it replies; {@code no-appendfsync-on-rewrite yes}
 * suspends that during a rewrite; right after {@code CONFIG SET appendonly yes} nothing is in the
 * file until the first rewrite has ended.
 */
public final class RedisGuard {
  private final Link link;
  private final ReplicaAcks acks;
  private final Durability durability;
  private final RedisSettings settings;
  private volatile long tried = -1;

  /** Where nothing is declared and no replica is asked. */
  public RedisGuard(Link link) {
    this(link, ReplicaAcks.NONE, Durability.VERIFIED);
  }

  /**
   * A guard that asks by {@code link}.
   *
   * @param acks how many replicas must be connected
   * @param durability what the operator declares, for settings that Redis hides
   */
  public RedisGuard(Link link, ReplicaAcks acks, Durability durability) {
    this.link = link;
    this.acks = acks;
    this.durability = durability;
    this.settings = new RedisSettings(link, durability);
  }

  /** The operator's word on which the latest check rests; empty if all was read. */
  public Optional<Durability> declared() {
    return settings.areDeclared() ? Optional.of(durability) : Optional.empty();
  }

  /**
   * The first setting found unsafe, and what it must be, or why Redis can never be used; empty when
   * safe.
   *
   * @throws LogException when Redis cannot be asked now
   */
  public Optional<String> unsafeSetting() {
    try {
      return ask();
    } catch (LogException refused) {
      return Optional.of(RedisCause.lasting(refused).orElseThrow(() -> refused));
    }
  }

  /**
   * Looks, before the first user comes, for what waiting will not mend; returns when Redis is away.
   *
   * @throws LogException with the cause and the next step
   */
  public void refuseLasting() {
    Optional<String> cause = link.firstAttempt();
    try {
      if (cause.isEmpty() && link.connectionNumber().isPresent()) {
        var _ = ask();
      }
    } catch (LogException refused) {
      cause = RedisCause.lasting(refused);
    }
    if (cause.isPresent()) {
      throw new LogException(cause.get(), null);
    }
  }

  private Optional<String> ask() {
    refuseOtherModes();
    return settings.unsafe().or(this::unsafeRole).or(this::unsafeLog).or(this::refused);
  }

  /**
   * Which Redis this is: its process, and the line of replication it stands in, which a promotion
   * and a full synchronisation change.
   *
   * @throws LogException when Redis cannot be asked
   */
  public String identity() {
    return settings.info("server").get("run_id")
        + "/"
        + settings.info("replication").get("master_replid");
  }

  private void refuseOtherModes() {
    Map<String, String> server = settings.info("server");
    String mode = server.getOrDefault("redis_mode", server.getOrDefault("server_mode", ""));
    if (mode.equals("cluster") || mode.equals("sentinel")) {
      throw new LogException("Redis is part of a " + mode, RedisCause.Lasting.otherMode(mode));
    }
  }

  private Optional<String> unsafeRole() {
    Map<String, String> replication = settings.info("replication");
    return "master".equals(replication.get("role"))
        ? acks.missing(replication)
        : Optional.of("Redis: it is a replica and must be a primary");
  }

  private Optional<String> unsafeLog() {
    if (!settings.hasOwnLog()) {
      return Optional.empty();
    }
    Map<String, String> persistence = settings.info("persistence");
    boolean first =
        "1".equals(persistence.get("aof_rewrite_in_progress"))
            && "0".equals(persistence.get("aof_base_size"));
    return first && !hasGrownIntoIt(persistence)
        ? Optional.of("Redis: appendonly was just switched on and its first rewrite must end")
        : Optional.empty();
  }

  /**
   * The first rewrite of a Redis that began with an empty log has no base either; it is one that
   * Redis begins by itself once the log, which holds everything, is longer than this setting.
   */
  private boolean hasGrownIntoIt(Map<String, String> persistence) {
    String size = persistence.get("aof_current_size");
    return size != null && Long.parseLong(size) > settings.rewrittenFrom();
  }

  /** Once a connection: the commands that are not asked each second. */
  private Optional<String> refused() {
    long number = link.connectionNumber().orElse(-1);
    if (number == tried) {
      return Optional.empty();
    }
    try {
      new RightsTrial(link).run();
      var _ = new NamedConnections(link).asked();
      acks.refuseMissingRight(link);
      Optional<String> unexpected = new ScriptTrial(link).unexpected();
      if (unexpected.isEmpty()) {
        tried = number;
      }
      return unexpected.map("Redis: "::concat);
    } catch (LogException refused) {
      if (RedisCause.lasting(refused).isPresent()) {
        throw refused;
      }
      return Optional.of("Redis: a command was refused: " + refused.getMessage());
    }
  }
}
