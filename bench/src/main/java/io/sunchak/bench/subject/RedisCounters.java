package io.sunchak.bench.subject;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What Redis itself has counted. Commands that a script calls count as well; a read is one arrival
 * of bytes from a client, however many commands they hold: about one network round trip.
 */
public final class RedisCounters implements AutoCloseable {
  private final RedisClient client;
  private final StatefulRedisConnection<String, String> connection;

  /** Counts so far. */
  public record Counts(long commands, long reads) {
    /** What came in between. */
    public Counts since(Counts before) {
      return new Counts(commands - before.commands, reads - before.reads);
    }
  }

  RedisCounters(String uri) {
    this.client = RedisClient.create(uri);
    this.connection = client.connect();
  }

  /** The counts now; asking costs one of each. */
  public Counts read() {
    Map<String, String> stats =
        Stream.of(connection.sync().info("stats").split("\r\n"))
            .filter(line -> line.contains(":"))
            .map(line -> line.split(":", 2))
            .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    return new Counts(
        Long.parseLong(stats.getOrDefault("total_commands_processed", "0")),
        Long.parseLong(stats.getOrDefault("total_reads_processed", "0")));
  }

  @Override
  public void close() {
    connection.close();
    client.shutdown();
  }
}
