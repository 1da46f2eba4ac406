package io.sunchak.simulator.redis.store;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** What a Redis says of itself: a primary of its own, which syncs before it replies. */
final class ServerCommands {
  private static final Map<String, String> SETTINGS =
      Map.of(
          "appendonly", "yes",
          "appendfsync", "always",
          "no-appendfsync-on-rewrite", "no",
          "maxmemory-policy", "noeviction",
          "auto-aof-rewrite-min-size", "67108864");

  private final InstantSource clock;
  private final Supplier<String> runId;

  ServerCommands(InstantSource clock, Supplier<String> runId) {
    this.clock = clock;
    this.runId = runId;
  }

  void addTo(Commands commands) {
    commands.add("PING", 0, 0, args -> new Status("PONG"));
    commands.add("TIME", 0, 0, args -> time());
    commands.add("CONFIG", 2, 2, args -> setting(args.getFirst(), args.getLast()));
    commands.add("INFO", 1, 1, args -> info(args.getFirst()));
  }

  /** Seconds and microseconds. */
  private List<String> time() {
    Instant now = clock.instant();
    return List.of(Long.toString(now.getEpochSecond()), Integer.toString(now.getNano() / 1_000));
  }

  private static List<String> setting(String verb, String name) {
    String value = SETTINGS.get(name);
    if (!verb.equalsIgnoreCase("GET") || value == null) {
      throw new UnsupportedOperationException("CONFIG " + verb + " " + name);
    }
    return List.of(name, value);
  }

  private String info(String section) {
    return switch (section) {
      case "server" -> "run_id:" + runId.get() + "\r\nredis_mode:standalone\r\n";
      case "replication" -> "role:master\r\nmaster_replid:" + runId.get() + "\r\n";
      case "persistence" -> "aof_rewrite_in_progress:0\r\naof_base_size:0\r\n";
      default -> throw new UnsupportedOperationException("INFO " + section);
    };
  }
}
