package io.sunchak.lab.drain;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Runs a drain at every tick. A run that fails is logged and ends neither the schedule nor other
 * runs: a bare {@code Flux.interval} would be ended for good by its first error. Ticks that find
 * too many runs still busy are skipped.
 */
public final class DrainSchedule implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DrainSchedule.class);
  private static final Duration LAST_RUN = Duration.ofSeconds(10);

  private final Sinks.Empty<Void> stop = Sinks.empty();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Disposable running;

  private DrainSchedule(QueueDrain drain, Duration interval, int runsAtOnce) {
    this.running =
        Flux.interval(interval)
            .onBackpressureDrop()
            .takeUntilOther(stop.asMono())
            .flatMap(
                tick -> Mono.defer(drain::run).onErrorResume(DrainSchedule::logged), runsAtOnce)
            .doFinally(signal -> ended.countDown())
            .subscribe();
  }

  /** Each run ends before the next begins. */
  public static DrainSchedule oneRunAtATime(QueueDrain drain, Duration interval) {
    return new DrainSchedule(drain, interval, 1);
  }

  /** A run begins at every tick, whether or not the last has ended. */
  public static DrainSchedule overlapping(QueueDrain drain, Duration interval) {
    return new DrainSchedule(drain, interval, 256);
  }

  private static Mono<Void> logged(Throwable failure) {
    LOG.warn("a drain run failed; the next tick tries again: {}", failure.toString());
    return Mono.empty();
  }

  /** No further tick; waits for the runs under way, at most ten seconds. */
  @Override
  public void close() {
    stop.tryEmitEmpty();
    try {
      if (!ended.await(LAST_RUN.toSeconds(), TimeUnit.SECONDS)) {
        LOG.warn("the last drain run did not end in time and was cancelled");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    running.dispose();
  }
}
