package io.sunchak.server.cli;

import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.embedded.PostgresLogin;
import io.sunchak.embedded.directory.DataDirectory;
import io.sunchak.embedded.engine.EngineException;
import io.sunchak.embedded.engine.EngineOptions;
import io.sunchak.embedded.engine.EngineOptions.Role;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;

/**
 * The engines for which no URL was given. They start beside the Spring context, which waits for
 * them only when it makes its first bean.
 */
final class OwnEngines implements AutoCloseable {
  private final DataDirectory data;
  private final FutureTask<@Nullable EmbeddedEngines> start;

  private OwnEngines(DataDirectory data, FutureTask<@Nullable EmbeddedEngines> start) {
    this.data = data;
    this.start = start;
  }

  /** Begins to start these, which may be none. */
  static OwnEngines begin(DataDirectory data, Set<Role> roles) {
    FutureTask<@Nullable EmbeddedEngines> start =
        new FutureTask<>(() ->
            roles.isEmpty()
                ? null
                : EmbeddedEngines.start(data, EngineOptions.defaults().with(roles)));
    Thread.ofPlatform().name("own-engines").start(start);
    return new OwnEngines(data, start);
  }

  /**
   * Returns when they answer; null without any.
   *
   * @throws EngineException when one of them cannot be started; then none runs
   */
  @Nullable EmbeddedEngines await() {
    try {
      return start.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineException("interrupted while the engines started", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failed) {
        throw failed;
      }
      throw new EngineException("cannot start the engines", e);
    }
  }

  /** Waits for them, and adds what is needed to reach them below every other setting. */
  void addSettings(ConfigurableEnvironment environment) {
    EmbeddedEngines engines = await();
    if (engines == null) {
      return;
    }
    add(environment, "engines", urls(engines));
    if (isReachedBy(environment, engines, Role.POSTGRES)) {
      // A file or the environment may name another PostgreSQL, which these are not for.
      add(environment, "logins", logins(engines));
    }
  }

  private static void add(
      ConfigurableEnvironment environment, String name, Map<String, Object> settings) {
    environment.getPropertySources().addLast(new MapPropertySource(name, settings));
  }

  private Map<String, Object> urls(EmbeddedEngines engines) {
    Map<String, Object> urls = new LinkedHashMap<>();
    urls.put("sunchak.token.secret", data.secrets().tokenSecret());
    urls.put("sunchak.codes.keys.1", data.secrets().codeSecret());
    if (engines.runs(Role.REDIS)) {
      urls.put("sunchak.redis.url", engines.redisServerUri());
    }
    if (engines.runs(Role.POSTGRES)) {
      urls.put("sunchak.postgres.url", engines.jdbcUrl());
    }
    return urls;
  }

  private static Map<String, Object> logins(EmbeddedEngines engines) {
    PostgresLogin server = engines.postgresServer();
    PostgresLogin owner = engines.postgresOwner();
    return Map.of(
        "sunchak.postgres.user", server.user(),
        "sunchak.postgres.password", server.password(),
        "sunchak.postgres.owner.user", owner.user(),
        "sunchak.postgres.owner.password", owner.password());
  }

  /** Whether the server with these settings runs on both of them. */
  boolean serve(Environment environment) {
    EmbeddedEngines engines = await();
    return engines != null
        && isReachedBy(environment, engines, Role.REDIS)
        && isReachedBy(environment, engines, Role.POSTGRES);
  }

  private static boolean isReachedBy(Environment settings, EmbeddedEngines engines, Role role) {
    return engines.runs(role)
        && switch (role) {
          case REDIS -> engines.redisServerUri().equals(settings.getProperty("sunchak.redis.url"));
          case POSTGRES -> engines.jdbcUrl().equals(settings.getProperty("sunchak.postgres.url"));
        };
  }

  /** Stops those that run. */
  @Override
  public void close() {
    EmbeddedEngines engines;
    try {
      engines = await();
    } catch (RuntimeException noneRuns) {
      return;
    }
    if (engines != null) {
      engines.close();
    }
  }
}
