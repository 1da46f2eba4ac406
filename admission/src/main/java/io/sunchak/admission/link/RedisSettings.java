package io.sunchak.admission.link;

import io.lettuce.core.RedisFuture;
import io.sunchak.core.log.LogException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The settings on which a 202 depends. {@code CONFIG GET} tells all of them; a managed Redis may
 * hide it, and {@code INFO} then shows some. A declaration stands for those that nothing shows, and
 * never for one that is seen to be wrong. Thread-safe, blocking.
 */
final class RedisSettings {
  private static final Map<String, String> OF_THE_LOG =
      Map.of("appendonly", "yes", "appendfsync", "always", "no-appendfsync-on-rewrite", "no");
  private static final Map<String, String> OF_THE_MEMORY = Map.of("maxmemory-policy", "noeviction");
  private static final String REWRITTEN_FROM = "auto-aof-rewrite-min-size";
  private static final long REWRITTEN_FROM_BY_DEFAULT = 64L << 20;

  private final Link link;
  private final Durability durability;
  private final Map<String, String> needed = new LinkedHashMap<>();

  /** The connection on which Redis has refused to show its settings. */
  private volatile long hiddenOn = -1;

  private volatile boolean declared;

  RedisSettings(Link link, Durability durability) {
    this.link = link;
    this.durability = durability;
    if (hasOwnLog()) {
      needed.putAll(OF_THE_LOG);
    }
    needed.putAll(OF_THE_MEMORY);
  }

  /** Whether the promise rests on this Redis' own log. */
  boolean hasOwnLog() {
    return durability != Durability.REPLICATED_LOG;
  }

  /** Whether the latest look had to take the operator's word. */
  boolean areDeclared() {
    return declared;
  }

  /**
   * The first setting seen to be wrong, and what it must be.
   *
   * @throws LogException when Redis cannot be asked now, or hides a setting and nothing is declared
   */
  Optional<String> unsafe() {
    Map<String, String> shown = configured(needed.keySet().stream().toList());
    boolean all = shown.keySet().containsAll(needed.keySet());
    if (!all) {
      Map<String, String> seen = new HashMap<>(informed());
      seen.putAll(shown);
      shown = seen;
    }
    for (Map.Entry<String, String> setting : needed.entrySet()) {
      String found = shown.get(setting.getKey());
      if (found != null && !found.equals(setting.getValue())) {
        return Optional.of(
            "Redis: %s is %s and must be %s"
                .formatted(setting.getKey(), found, setting.getValue()));
      }
    }
    if (!all && durability == Durability.VERIFIED) {
      throw new LogException(
          "Redis hides a setting", RedisCause.Lasting.hiddenSettings("no answer"));
    }
    declared = !all || !hasOwnLog();
    return Optional.empty();
  }

  /** From which length of its log on Redis rewrites it by itself, in bytes. */
  long rewrittenFrom() {
    String least = configured(List.of(REWRITTEN_FROM)).get(REWRITTEN_FROM);
    return least == null ? REWRITTEN_FROM_BY_DEFAULT : Long.parseLong(least);
  }

  /** All are on their way before the first is awaited: this is asked each second. */
  private Map<String, String> configured(List<String> settings) {
    long connection = link.connectionNumber().orElse(-1);
    if (connection == hiddenOn) {
      return Map.of();
    }
    List<RedisFuture<Map<String, String>>> asked =
        settings.stream().map(setting -> link.commands().configGet(setting)).toList();
    Map<String, String> found = new HashMap<>();
    try {
      asked.forEach(answer -> found.putAll(link.await(answer)));
      return found;
    } catch (LogException refused) {
      @Nullable String said = RedisCause.refusedCommand(refused);
      if (said == null) {
        throw refused;
      }
      if (durability == Durability.VERIFIED) {
        throw new LogException(said, RedisCause.Lasting.hiddenSettings(said));
      }
      hiddenOn = connection;
      return Map.of();
    }
  }

  private Map<String, String> informed() {
    Map<String, String> seen = new HashMap<>();
    String log = info("persistence").get("aof_enabled");
    if (log != null) {
      seen.put("appendonly", log.equals("1") ? "yes" : "no");
    }
    String policy = info("memory").get("maxmemory_policy");
    if (policy != null) {
      seen.put("maxmemory-policy", policy);
    }
    return seen;
  }

  /** A section of {@code INFO}. */
  Map<String, String> info(String section) {
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
