package io.sunchak.server.wiring;

import io.sunchak.core.archive.ArchiveLoop;
import io.sunchak.core.drain.Drain;
import io.sunchak.core.promise.PromiseLoops;
import io.sunchak.core.serving.ServingLoop;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/**
 * Starts the serving loop, the drain, the promise loops and the archive loop before the first
 * request, and stops them after the last answer.
 */
final class Workers implements SmartLifecycle {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final ServingLoop servingLoop;
  private final Drain drain;
  private final PromiseLoops promises;
  private final @Nullable ArchiveLoop archive;
  private volatile boolean running;

  /**
   * Nothing is started yet.
   *
   * @param archive null if nothing is archived by the clock
   */
  Workers(
      ServingLoop servingLoop, Drain drain, PromiseLoops promises, @Nullable ArchiveLoop archive) {
    this.servingLoop = servingLoop;
    this.drain = drain;
    this.promises = promises;
    this.archive = archive;
  }

  @Override
  public void start() {
    promises.start();
    servingLoop.start();
    drain.start();
    if (archive != null) {
      archive.start();
    }
    running = true;
  }

  @Override
  public void stop() {
    running = false;
    try {
      if (archive != null) {
        archive.stop(PATIENCE);
      }
      drain.stop(PATIENCE);
      servingLoop.stop(PATIENCE);
      promises.stop(PATIENCE);
      promises.leave();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** Lower phases start first and stop last; the web server has a high phase. */
  @Override
  public int getPhase() {
    return 0;
  }
}
