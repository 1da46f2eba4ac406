package io.sunchak.lab.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.config.Config;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.data.redis.core.StringRedisTemplate;

/** One shared Lettuce connection behind both templates; Redisson only for the lock. */
public final class RedisClients implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final int LOCK_THREADS = 4;

  private final URI uri;
  private final LettuceConnectionFactory connections;

  /**
   * Connects.
   *
   * @param address {@code redis://:password@host:port}
   */
  public RedisClients(String address) {
    this.uri = URI.create(address);
    RedisStandaloneConfiguration server =
        new RedisStandaloneConfiguration(uri.getHost(), uri.getPort());
    server.setPassword(password());
    this.connections = new LettuceConnectionFactory(server, options());
    connections.setEagerInitialization(true);
    connections.afterPropertiesSet();
    connections.start();
    loadReserveScript();
  }

  private static LettuceClientConfiguration options() {
    return LettuceClientConfiguration.builder()
        .commandTimeout(LIMIT)
        .clientOptions(
            ClientOptions.builder()
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .timeoutOptions(TimeoutOptions.enabled(LIMIT))
                .socketOptions(SocketOptions.builder().connectTimeout(LIMIT).build())
                .build())
        .build();
  }

  /** So that the first requests need no second trip for a script that Redis does not know. */
  private void loadReserveScript() {
    String script = LuaScript.read("reserve.lua", String.class).getScriptAsString();
    try (RedisConnection connection = connections.getConnection()) {
      connection.scriptingCommands().scriptLoad(script.getBytes(StandardCharsets.UTF_8));
    }
  }

  public StringRedisTemplate blocking() {
    return new StringRedisTemplate(connections);
  }

  public ReactiveStringRedisTemplate reactive() {
    return new ReactiveStringRedisTemplate(connections);
  }

  public RedissonClient redisson() {
    Config config = new Config().setThreads(LOCK_THREADS).setNettyThreads(LOCK_THREADS);
    config.setPassword(password());
    config.useSingleServer().setAddress("redis://" + uri.getHost() + ":" + uri.getPort());
    return Redisson.create(config);
  }

  private String password() {
    return uri.getUserInfo().replaceFirst("^[^:]*:", "");
  }

  @Override
  public void close() {
    connections.destroy();
  }
}
