package io.sunchak.admission.link;

import io.lettuce.core.RedisFuture;
import io.sunchak.core.log.LogException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Checks that Redis' settings keep what a 202 promises, and that every command and script may run,
 * before the first user comes. Thread-safe, blocking. Facts from Redis 7's redis.conf and server.c:
 * with {@code appendfsync always} it syncs before it replies; {@code no-appendfsync-on-rewrite yes}
 * suspends that during a rewrite; right after {@code CONFIG SET appendonly yes} nothing is in the
 * file until the first rewrite has ended.
 */
public final class RedisGuard {
  private static final Map<String, String> NEEDED =
      Map.of(
          "appendonly", "yes",
          "appendfsync", "always",
          "no-appendfsync-on-rewrite", "no",
          "maxmemory-policy", "noeviction");

  private static final String REWRITTEN_FROM = "auto-aof-rewrite-min-size";

  private final Link link;
  private final ReplicaAcks acks;
  private volatile long tried = -1;

  /** Of a Redis whose replicas are not asked. */
  public RedisGuard(Link link) {
    this(link, ReplicaAcks.NONE);
  }

  /** Of a Redis that needs as many replicas as {@code acks} says. */
  public RedisGuard(Link link, ReplicaAcks acks) {
    this.link = link;
    this.acks = acks;
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
    // All are on their way before the first is awaited: this is asked each second.
    Map<String, RedisFuture<Map<String, String>>> asked = new LinkedHashMap<>();
    NEEDED.keySet().forEach(setting -> asked.put(setting, link.commands().configGet(setting)));
    for (Map.Entry<String, RedisFuture<Map<String, String>>> answer : asked.entrySet()) {
      String setting = answer.getKey();
      String found = link.await(answer.getValue()).getOrDefault(setting, "?");
      String needed = NEEDED.get(setting);
      if (!found.equals(needed)) {
        return Optional.of("Redis: " + setting + " is " + found + " and must be " + needed);
      }
    }
    return unsafeRole().or(this::unsafeLog).or(this::refused);
  }

  /**
   * Which Redis this is: its process, and the line of replication it stands in, which a promotion
   * and a full synchronisation change.
   *
   * @throws LogException when Redis cannot be asked
   */
  public String identity() {
    return info("server").get("run_id") + "/" + info("replication").get("master_replid");
  }

  private void refuseOtherModes() {
    Map<String, String> server = info("server");
    String mode = server.getOrDefault("redis_mode", server.getOrDefault("server_mode", ""));
    if (mode.equals("cluster") || mode.equals("sentinel")) {
      throw new LogException("Redis is part of a " + mode, new RedisCause.OtherMode(mode));
    }
  }

  private Optional<String> unsafeRole() {
    Map<String, String> replication = info("replication");
    return "master".equals(replication.get("role"))
        ? acks.missing(replication)
        : Optional.of("Redis: it is a replica and must be a primary");
  }

  private Optional<String> unsafeLog() {
    Map<String, String> persistence = info("persistence");
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
    String least = link.await(link.commands().configGet(REWRITTEN_FROM)).get(REWRITTEN_FROM);
    String size = persistence.get("aof_current_size");
    return least != null && size != null && Long.parseLong(size) > Long.parseLong(least);
  }

  /** Once a connection: the commands that are not asked each second. */
  private Optional<String> refused() {
    long number = link.connectionNumber().orElse(-1);
    if (number == tried) {
      return Optional.empty();
    }
    try {
      var _ = new NamedConnections(link).asked();
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

  private Map<String, String> info(String section) {
    return link.await(link.commands().info(section))
        .lines()
        .filter(line -> line.indexOf(':') > 0)
        .collect(
            Collectors.toMap(
                line -> line.substring(0, line.indexOf(':')),
                line -> line.substring(line.indexOf(':') + 1).strip(),
                (first, second) -> first));
  }
}
