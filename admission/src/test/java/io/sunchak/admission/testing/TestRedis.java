package io.sunchak.admission.testing;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.api.sync.RedisCommands;
import java.time.Duration;

/**
 * Two plain connections to one Redis: root's, to put things as a test needs them, and one with the
 * server's own rights, on which the scripts run.
 */
public final class TestRedis implements AutoCloseable {
  private final RedisClient client = RedisClient.create();
  private final StatefulRedisConnection<String, String> root;
  private final StatefulRedisConnection<String, String> server;

  public TestRedis(String rootUri, String serverUri) {
    root = client.connect(RedisURI.create(rootUri));
    server = client.connect(RedisURI.create(serverUri));
  }

  public RedisCommands<String, String> root() {
    return root.sync();
  }

  public RedisAsyncCommands<String, String> server() {
    return server.async();
  }

  @Override
  public void close() {
    client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
  }
}
