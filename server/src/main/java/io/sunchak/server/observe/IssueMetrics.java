package io.sunchak.server.observe;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/**
 * {@code sunchak_issue_seconds}, one timer per outcome and the only histogram; {@code
 * sunchak_issue_rejected_total} for the calls that are answered before the issuer is asked; and the
 * figures of the live view since its previous call. Thread-safe.
 */
public final class IssueMetrics {
  private static final int DIGITS = 2;
  private static final double MILLI = 1e6;

  private final MeterRegistry registry;
  private final Map<String, Timer> timers = new ConcurrentHashMap<>();
  private final Map<String, Counter> rejected = new ConcurrentHashMap<>();
  private final Recorder recent = new Recorder(DIGITS);

  /**
   * Figures for the live view.
   *
   * @param totals of the issues by outcome, since the start
   * @param p50 milliseconds, of the issues since the previous call; 0 if there were none
   */
  public record Figures(Map<String, Long> totals, double p50, double p95, double p99) {}

  public IssueMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  /**
   * Counts one issue.
   *
   * @param outcome one of a fixed set of names, never text of a user
   * @param nanos since its request had come whole
   */
  public void record(String outcome, long nanos) {
    timers.computeIfAbsent(outcome, this::timer).record(nanos, TimeUnit.NANOSECONDS);
    recent.recordValue(nanos);
  }

  /**
   * Counts one call that was answered before the issuer was asked. Its time is left out, so that
   * calls without a token do not make issues look fast.
   *
   * @param outcome one of a fixed set of names, never text of a user
   */
  public void reject(String outcome) {
    rejected.computeIfAbsent(outcome, this::counter).increment();
  }

  /** Takes the figures since the previous call. For one caller. */
  public Figures take() {
    Histogram since = recent.getIntervalHistogram();
    Map<String, Long> totals = new TreeMap<>();
    timers.forEach((outcome, timer) -> totals.put(outcome, timer.count()));
    return new Figures(totals, millis(since, 50), millis(since, 95), millis(since, 99));
  }

  private static double millis(Histogram histogram, double percentile) {
    return histogram.getTotalCount() == 0 ? 0 : histogram.getValueAtPercentile(percentile) / MILLI;
  }

  private Counter counter(String outcome) {
    return Counter.builder("sunchak.issue.rejected")
        .description("Issue calls answered before the issuer was asked, by outcome")
        .tag("outcome", outcome)
        .register(registry);
  }

  private Timer timer(String outcome) {
    return Timer.builder("sunchak.issue")
        .description("Issues by outcome, from the whole request to the answer handed over")
        .tag("outcome", outcome)
        .serviceLevelObjectives(
            Duration.ofMillis(1),
            Duration.ofMillis(5),
            Duration.ofMillis(10),
            Duration.ofMillis(25),
            Duration.ofMillis(50),
            Duration.ofMillis(100),
            Duration.ofMillis(250),
            Duration.ofMillis(500),
            Duration.ofSeconds(1),
            Duration.ofSeconds(5))
        .register(registry);
  }
}
