package io.sunchak.server.testing;

import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.embedded.PostgresLogin;
import io.sunchak.server.SunchakServer;
import io.sunchak.server.security.Role;
import io.sunchak.token.TokenSigner;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The server in this JVM, on a free port and real engines, with the settings that {@code start}
 * gives it. {@link ServerExtension} shares one; a test that needs other settings starts its own.
 */
public final class LiveServer implements AutoCloseable {
  /** The key of {@link #signer}. */
  public static final String TOKEN_SECRET = "a-secret-for-tests-of-32-bytes-or-more";

  /** The one key of codes. */
  public static final String CODE_SECRET = "another-secret-for-tests-of-32-bytes-or-more";

  private static final Duration HOUR = Duration.ofHours(1);

  private final ConfigurableApplicationContext context;
  private final TokenSigner signer =
      new TokenSigner(TOKEN_SECRET.getBytes(StandardCharsets.UTF_8), InstantSource.system());

  private LiveServer(ConfigurableApplicationContext context) {
    this.context = context;
  }

  public static LiveServer start(EmbeddedEngines engines) {
    return start(engines, Map.of());
  }

  /**
   * Starts a server.
   *
   * @param settings win over those that follow from the engines
   * @param beans configurations whose beans win over the server's of the same name
   */
  public static LiveServer start(
      EmbeddedEngines engines, Map<String, String> settings, Class<?>... beans) {
    Map<String, Object> given = new LinkedHashMap<>();
    given.put("sunchak.redis.url", engines.redisServerUri());
    given.put("sunchak.postgres.url", engines.jdbcUrl());
    PostgresLogin server = engines.postgresServer();
    given.put("sunchak.postgres.user", server.user());
    given.put("sunchak.postgres.password", server.password());
    PostgresLogin owner = engines.postgresOwner();
    given.put("sunchak.postgres.owner.user", owner.user());
    given.put("sunchak.postgres.owner.password", owner.password());
    given.put("sunchak.token.secret", TOKEN_SECRET);
    given.put("sunchak.codes.keys.1", CODE_SECRET);
    given.put("spring.main.allow-bean-definition-overriding", beans.length > 0);
    Map<String, String> asked = new LinkedHashMap<>(Map.of("server.port", "0"));
    asked.putAll(settings);
    String[] arguments =
        asked.entrySet().stream()
            .map(e -> "--" + e.getKey() + "=" + e.getValue())
            .toArray(String[]::new);
    return new LiveServer(
        new SpringApplicationBuilder(SunchakServer.class)
            .sources(beans)
            .registerShutdownHook(false)
            .properties(given)
            .run(arguments));
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + port());
  }

  public int port() {
    return Integer.parseInt(context.getEnvironment().getRequiredProperty("local.server.port"));
  }

  /** Signs tokens this server accepts. */
  public TokenSigner signer() {
    return signer;
  }

  /** A user's token, good for an hour. */
  public String user(String id) {
    return signer.sign(id, false, HOUR);
  }

  /** An admin's token, good for an hour. */
  public String admin() {
    return signer.sign("admin", true, HOUR);
  }

  /** A token with these roles, good for an hour. */
  public String with(String subject, Role... roles) {
    return signer.sign(subject, Stream.of(roles).map(Role::claim).toList(), HOUR);
  }

  /** One of the server's own objects. */
  public <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  @Override
  public void close() {
    context.close();
  }
}
