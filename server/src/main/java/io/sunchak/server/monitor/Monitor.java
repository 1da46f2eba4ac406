package io.sunchak.server.monitor;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.sunchak.core.loop.GuardedLoop;
import io.sunchak.core.loop.LoopListener;
import io.sunchak.server.alarms.StandingAlarms;
import io.sunchak.server.observe.DrainMetrics;
import io.sunchak.server.observe.IssueMetrics;
import io.sunchak.server.observe.Observation;
import io.sunchak.server.observe.Observation.DrainFigures;
import io.sunchak.server.observe.Observer;
import io.sunchak.server.observe.ServingEvents;
import io.sunchak.server.reconcile.Consistency;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/**
 * Observes this node for the live view, alarms and metrics: once a second while there are viewers,
 * else every five seconds. All viewers get the same observation. Starts last and stops first, so
 * that open streams do not delay the server's shutdown. Thread-safe.
 */
public final class Monitor implements SmartLifecycle {
  private static final Duration WATCHED = Duration.ofSeconds(1);
  private static final Duration UNWATCHED = Duration.ofSeconds(5);
  private static final Duration COMPARISON = Duration.ofSeconds(10);

  private final Observer observer;
  private final IssueMetrics issues;
  private final DrainMetrics drain;
  private final Consistency consistency;
  private final ServingEvents servingEvents;
  private final StandingAlarms alarms;
  private final InstantSource clock;
  private final GuardedLoop ticking;
  private final GuardedLoop comparison;
  private final Sinks.Many<Observation> ticks = Sinks.many().replay().latest();
  private final AtomicInteger watching = new AtomicInteger();
  private final Semaphore wake = new Semaphore(0);
  private volatile @Nullable Observation newest;
  private volatile boolean running;
  private long lookedAt;
  private IssueMetrics.Figures issuesBefore = new IssueMetrics.Figures(Map.of(), 0, 0, 0);
  private DrainMetrics.Figures drainBefore = new DrainMetrics.Figures(0, 0, 0);

  /** The parts of a tick. */
  public record Sources(
      Observer observer,
      IssueMetrics issues,
      DrainMetrics drain,
      Consistency consistency,
      LoopListener loops) {}

  public Monitor(
      Sources sources,
      ServingEvents servingEvents,
      StandingAlarms alarms,
      MeterRegistry registry,
      InstantSource clock) {
    this.observer = sources.observer();
    this.issues = sources.issues();
    this.drain = sources.drain();
    this.consistency = sources.consistency();
    this.servingEvents = servingEvents;
    this.alarms = alarms;
    this.clock = clock;
    this.ticking = GuardedLoop.virtual("monitor", this::tick, sources.loops());
    this.comparison = GuardedLoop.virtual("consistency", this::compare, sources.loops());
    gauge(registry, "sunchak.failures.open", o -> o.failures().count());
    engine(registry, "redis", o -> o.redisUp() ? 1 : 0);
    engine(registry, "postgres", o -> o.postgresUp() ? 1 : 0);
  }

  private interface Figure {
    double of(Observation observation);
  }

  private void gauge(MeterRegistry registry, String name, Figure figure) {
    Gauge.builder(name, this, monitor -> monitor.figure(figure)).register(registry);
  }

  private void engine(MeterRegistry registry, String name, Figure figure) {
    Gauge.builder("sunchak.engine.up", this, monitor -> monitor.figure(figure))
        .tag("engine", name)
        .register(registry);
  }

  private double figure(Figure figure) {
    Observation now = newest;
    return now == null ? Double.NaN : figure.of(now);
  }

  /** Emits the newest observation at once and then every tick; ends with the server. */
  public Flux<Observation> watch() {
    return ticks
        .asFlux()
        .doOnSubscribe(begun -> {
          watching.incrementAndGet();
          wake.release();
        })
        .doFinally(ended -> watching.decrementAndGet());
  }

  @Override
  public void start() {
    running = true;
    lookedAt = System.nanoTime();
    ticking.start();
    comparison.start();
  }

  private boolean tick() throws InterruptedException {
    observe();
    await();
    return running;
  }

  private void await() throws InterruptedException {
    Duration pause = watching.get() > 0 ? WATCHED : UNWATCHED;
    if (wake.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS)) {
      wake.drainPermits();
      // New viewers cause no additional ticks.
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  private boolean compare() throws InterruptedException {
    Observation now = newest;
    if (now != null && now.redisUp() && now.postgresUp()) {
      consistency.look(now.campaigns());
    }
    return comparison.pause(COMPARISON);
  }

  private void observe() {
    Instant at = clock.instant();
    long nanos = System.nanoTime();
    double seconds = Math.max(1e-3, (nanos - lookedAt) / 1e9);
    lookedAt = nanos;
    Observer.Seen seen = observer.look(at);
    IssueMetrics.Figures figures = issues.take();
    Observation observed =
        new Observation(
            at,
            seen.redisUp(),
            seen.postgresUp(),
            servingEvents.unsafe() != null,
            seen.declared() == null ? null : seen.declared().word(),
            figures,
            perSecond(figures, seconds),
            drained(seconds),
            drain.lastTrouble(),
            seen.lines(),
            seen.failures(),
            alarms.update(seen, at));
    issuesBefore = figures;
    newest = observed;
    ticks.emitNext(observed, Sinks.EmitFailureHandler.FAIL_FAST);
  }

  private Map<String, Double> perSecond(IssueMetrics.Figures now, double seconds) {
    Map<String, Double> rates = new TreeMap<>();
    now.totals()
        .forEach((outcome, total) -> {
          long before = issuesBefore.totals().getOrDefault(outcome, 0L);
          rates.put(outcome, (total - before) / seconds);
        });
    return rates;
  }

  private DrainFigures drained(double seconds) {
    DrainMetrics.Figures now = drain.figures();
    DrainMetrics.Figures before = drainBefore;
    drainBefore = now;
    double batches = Math.max(1, now.batches() - before.batches());
    return new DrainFigures(
        (now.rows() - before.rows()) / seconds,
        (now.rows() - before.rows()) / batches,
        (now.nanos() - before.nanos()) / 1e6 / batches);
  }

  @Override
  public void stop() {
    running = false;
    ticking.end();
    comparison.end();
    wake.release();
    ticks.tryEmitComplete();
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
