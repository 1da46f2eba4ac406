package io.sunchak.embedded;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A running local Redis and PostgreSQL, restarted when they die, stopped by {@link #close}. Close
 * it last: whatever uses the engines must have ended before. Thread-safe.
 */
public final class EmbeddedEngines implements AutoCloseable {
  private final DataDirectory data;
  private final LaunchThread thread;
  private final Supervisor redis;
  private final Supervisor postgres;

  private EmbeddedEngines(
      DataDirectory data, LaunchThread thread, Supervisor redis, Supervisor postgres) {
    this.data = data;
    this.thread = thread;
    this.redis = redis;
    this.postgres = postgres;
  }

  public static EmbeddedEngines start(DataDirectory data) {
    return start(data, EngineOptions.defaults());
  }

  /**
   * Starts both at once and returns when both answer. The directory stays the caller's to close.
   *
   * @throws EngineException when one of them cannot be started; then neither runs
   */
  public static EmbeddedEngines start(DataDirectory data, EngineOptions options) {
    LaunchThread thread = new LaunchThread();
    List<Supervisor> begun = new ArrayList<>();
    try (ExecutorService starters = Executors.newVirtualThreadPerTaskExecutor()) {
      LaunchPrefix prefix = LaunchPrefix.probe();
      Future<Supervisor> postgres =
          starters.submit(
              starting(
                  () -> EmbeddedPostgres.prepare(data, prefix, thread, options),
                  data,
                  thread,
                  options,
                  begun));
      Future<Supervisor> redis =
          starters.submit(
              starting(
                  () -> EmbeddedRedis.prepare(data, prefix, options),
                  data,
                  thread,
                  options,
                  begun));
      return new EmbeddedEngines(data, thread, result(redis), result(postgres));
    } catch (EngineException e) {
      stopAll(begun);
      thread.close();
      throw e;
    }
  }

  public RunningEngine redis() {
    return redis;
  }

  public RunningEngine postgres() {
    return postgres;
  }

  /** As the user who may do everything: for tests, the lab and repairs. */
  public String redisUri() {
    return "redis://:" + data.secrets().redisPassword() + "@127.0.0.1:" + redis.port();
  }

  /** As the user {@code sunchak}, who may do what the server needs on keys {@code {c:…}…}. */
  public String redisServerUri() {
    return "redis://sunchak:" + data.secrets().redisServerPassword() + "@127.0.0.1:" + redis.port();
  }

  /** Without user and password. */
  public String jdbcUrl() {
    return "jdbc:postgresql://127.0.0.1:" + postgres.port() + "/" + EmbeddedPostgres.DATABASE;
  }

  public String postgresUser() {
    return EmbeddedPostgres.USER;
  }

  public String postgresPassword() {
    return data.secrets().postgresPassword();
  }

  /** For people: {@code redis 7.0.15 (bundled, 127.0.0.1:21873) · postgres 18.6 (…)}. */
  public String describe() {
    return redis.describe() + " · " + postgres.describe();
  }

  @Override
  public void close() {
    stopAll(List.of(redis, postgres));
    thread.close();
  }

  private static Callable<Supervisor> starting(
      Callable<? extends Engine> preparing,
      DataDirectory data,
      LaunchThread thread,
      EngineOptions options,
      List<Supervisor> begun) {
    return () -> {
      EngineLaunch launch = new EngineLaunch(preparing.call(), data.run(), thread);
      Supervisor supervisor = new Supervisor(launch, options);
      synchronized (begun) {
        begun.add(supervisor);
      }
      supervisor.start();
      return supervisor;
    };
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

  private static void stopAll(List<Supervisor> engines) {
    try (ExecutorService stoppers = Executors.newVirtualThreadPerTaskExecutor()) {
      engines.forEach(engine -> stoppers.execute(engine::stop));
    }
  }
}
