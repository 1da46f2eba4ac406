package io.sunchak.embedded;

import io.sunchak.embedded.directory.DataDirectory;
import io.sunchak.embedded.engine.Engine;
import io.sunchak.embedded.engine.EngineException;
import io.sunchak.embedded.engine.EngineOptions;
import io.sunchak.embedded.engine.EngineOptions.Role;
import io.sunchak.embedded.engine.RunningEngine;
import io.sunchak.embedded.postgres.EmbeddedPostgres;
import io.sunchak.embedded.postgres.PostgresRoles;
import io.sunchak.embedded.process.LaunchPrefix;
import io.sunchak.embedded.process.LaunchThread;
import io.sunchak.embedded.redis.EmbeddedRedis;
import io.sunchak.embedded.supervisor.EngineLaunch;
import io.sunchak.embedded.supervisor.Supervisor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A running local Redis and PostgreSQL, or only one of them. They are restarted when they die, and
 * stopped by {@link #close}, which must be called after everything that uses them has ended.
 * Methods about an engine that does not {@linkplain #runs run here} throw {@link
 * IllegalStateException}. Thread-safe.
 */
public final class EmbeddedEngines implements AutoCloseable {
  private final DataDirectory data;
  private final LaunchThread thread;
  private final Map<Role, Supervisor> running;

  private EmbeddedEngines(DataDirectory data, LaunchThread thread, Map<Role, Supervisor> running) {
    this.data = data;
    this.thread = thread;
    this.running = running;
  }

  public static EmbeddedEngines start(DataDirectory data) {
    return start(data, EngineOptions.defaults());
  }

  /**
   * Starts the engines in parallel and returns when all answer. The caller closes the directory.
   *
   * @throws EngineException when one of them cannot be started; then none runs
   */
  public static EmbeddedEngines start(DataDirectory data, EngineOptions options) {
    return start(data, options, LaunchPrefix.probe());
  }

  static EmbeddedEngines start(DataDirectory data, EngineOptions options, LaunchPrefix prefix) {
    LaunchThread thread = new LaunchThread();
    List<Supervisor> begun = new ArrayList<>();
    try (ExecutorService starters = Executors.newVirtualThreadPerTaskExecutor()) {
      Map<Role, Future<Supervisor>> starting = new EnumMap<>(Role.class);
      for (Role role : options.roles()) {
        starting.put(
            role,
            starters.submit(() -> {
              Engine engine = prepare(role, data, prefix, thread, options);
              EngineLaunch launch = new EngineLaunch(engine, data.run(), thread);
              Supervisor supervisor = new Supervisor(launch, options);
              synchronized (begun) {
                begun.add(supervisor);
              }
              supervisor.start();
              return supervisor;
            }));
      }
      Map<Role, Supervisor> running = new EnumMap<>(Role.class);
      starting.forEach((role, started) -> running.put(role, result(started)));
      return new EmbeddedEngines(data, thread, running);
    } catch (EngineException e) {
      stopAll(begun);
      thread.close();
      throw e;
    }
  }

  /** Whether this engine was among those to start. */
  public boolean runs(Role role) {
    return running.containsKey(role);
  }

  public RunningEngine redis() {
    return engine(Role.REDIS);
  }

  public RunningEngine postgres() {
    return engine(Role.POSTGRES);
  }

  /** With the user who may do everything: for tests, the lab and repairs. */
  public String redisUri() {
    return "redis://:" + data.secrets().redisPassword() + "@127.0.0.1:" + redis().port();
  }

  /** With the user {@code sunchak}, who may do what the server needs on keys {@code {c:…}…}. */
  public String redisServerUri() {
    return "redis://sunchak:"
        + data.secrets().redisServerPassword()
        + "@127.0.0.1:"
        + redis().port();
  }

  /** Without user and password. */
  public String jdbcUrl() {
    return "jdbc:postgresql://127.0.0.1:" + postgres().port() + "/" + EmbeddedPostgres.DATABASE;
  }

  /** The user who may do everything: for tests, the lab and repairs. */
  public String postgresUser() {
    return EmbeddedPostgres.USER;
  }

  public String postgresPassword() {
    return data.secrets().postgresPassword();
  }

  /** The role that owns the database and its tables and changes them; not a superuser. */
  public PostgresLogin postgresOwner() {
    return new PostgresLogin(PostgresRoles.OWNER, data.secrets().postgresOwnerPassword());
  }

  /**
   * The server's role: may connect, and has the rights that the owner of the tables grants; not a
   * superuser.
   */
  public PostgresLogin postgresServer() {
    return new PostgresLogin(PostgresRoles.SERVER, data.secrets().postgresServerPassword());
  }

  /** For people: {@code redis 7.0.15 (bundled, 127.0.0.1:21873) · postgres 18.6 (…)}. */
  public String describe() {
    return running.values().stream().map(Supervisor::describe).collect(Collectors.joining(" · "));
  }

  @Override
  public void close() {
    stopAll(running.values());
    thread.close();
  }

  private static Engine prepare(
      Role role,
      DataDirectory data,
      LaunchPrefix prefix,
      LaunchThread thread,
      EngineOptions options)
      throws IOException {
    return switch (role) {
      case REDIS -> EmbeddedRedis.prepare(data, prefix, options);
      case POSTGRES -> EmbeddedPostgres.prepare(data, prefix, thread, options);
    };
  }

  private RunningEngine engine(Role role) {
    @Nullable Supervisor engine = running.get(role);
    if (engine == null) {
      throw new IllegalStateException("no " + role + " runs here: it was left out of the options");
    }
    return engine;
  }

  private static Supervisor result(Future<Supervisor> started) {
    try {
      return started.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineException("interrupted while the engines started", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof EngineException known) {
        throw known;
      }
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new EngineException("cannot start an engine: " + cause.getMessage(), cause);
    }
  }

  private static void stopAll(Collection<Supervisor> engines) {
    try (ExecutorService stoppers = Executors.newVirtualThreadPerTaskExecutor()) {
      engines.forEach(engine -> stoppers.execute(engine::stop));
    }
  }
}
