package io.sunchak.embedded.supervisor;

import io.sunchak.embedded.engine.EngineOptions;
import io.sunchak.embedded.engine.RunningEngine;
import io.sunchak.embedded.loopback.LoopbackPorts;
import io.sunchak.embedded.supervisor.EngineLaunch.NotReady;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one engine running: starts it, restarts it on the same port whenever it dies (without
 * limit, with a pause of 0.1 to 2 s between failures), and stops it in order. Thread-safe.
 */
public final class Supervisor implements RunningEngine {
  private static final int PORT_TRIES = 5;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
  // A restart may have to replay a long log; to kill it would only make it start again.
  private static final Duration NO_LIMIT = Duration.ofDays(365);

  private final EngineLaunch launch;
  private final EngineOptions options;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final AtomicInteger restarts = new AtomicInteger();
  private final Object starting = new Object();
  private final Thread watcher;
  private volatile int port;
  private volatile boolean up;
  private volatile @Nullable Process process;

  /** Of an engine that does not run yet. */
  public Supervisor(EngineLaunch launch, EngineOptions options) {
    this.launch = launch;
    this.options = options;
    this.watcher =
        Thread.ofPlatform().daemon().name("sunchak-" + launch.role()).unstarted(this::watch);
  }

  /** Returns when the engine answers. */
  public void start() throws IOException {
    int candidate = launch.previousPort();
    for (int i = 1; ; i++) {
      try {
        begin(candidate);
        launch.awaitReady(running(), candidate, options.patience().start());
        break;
      } catch (NotReady failed) {
        if (!failed.portTaken() || i == PORT_TRIES) {
          throw failed.asEngineException();
        }
        candidate = LoopbackPorts.free();
      }
    }
    launch.rememberPort(candidate);
    up = true;
    watcher.start();
  }

  /**
   * Requests an orderly stop, waits, and kills the engine if it does not stop. A second call does
   * nothing, because the directory may belong to another start by then.
   */
  public synchronized void stop() {
    if (stopping.getCount() == 0) {
      return;
    }
    stopping.countDown();
    @Nullable Process last;
    synchronized (starting) {
      last = process;
    }
    if (last != null) {
      launch.end(last, options.patience().stop());
    }
  }

  @Override
  public String role() {
    return launch.role();
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public Path program() {
    return launch.program();
  }

  @Override
  public long pid() {
    return running().pid();
  }

  @Override
  public boolean isUp() {
    return up && stopping.getCount() > 0;
  }

  @Override
  public int restarts() {
    return restarts.get();
  }

  @Override
  public String describe() {
    return launch.describe(port);
  }

  private Process running() {
    @Nullable Process current = process;
    if (current == null) {
      throw new IllegalStateException(role() + " has not been started");
    }
    return current;
  }

  private void begin(int candidate) throws IOException {
    synchronized (starting) {
      if (stopping.getCount() > 0) {
        process = launch.begin(candidate);
        port = candidate;
      }
    }
  }

  private void watch() {
    try {
      while (true) {
        running().waitFor();
        if (stopping.getCount() == 0) {
          return;
        }
        up = false;
        if (!bringBack()) {
          return;
        }
        restarts.incrementAndGet();
        up = true;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Tries until the engine answers; false if it was stopped first. */
  private boolean bringBack() throws InterruptedException {
    Duration pause = FIRST_PAUSE;
    while (stopping.getCount() > 0) {
      try {
        begin(port);
        launch.awaitReady(running(), port, NO_LIMIT);
        return true;
      } catch (IOException | NotReady | RuntimeException failed) {
        if (stopping.getCount() > 0) {
          launch.warn(failed);
        }
      }
      if (stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
        return false;
      }
      Duration doubled = pause.multipliedBy(2);
      pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
    }
    return false;
  }
}
