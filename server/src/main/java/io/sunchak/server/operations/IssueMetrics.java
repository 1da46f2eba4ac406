package io.sunchak.server.operations;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** {@code sunchak_issue_seconds}: one timer an outcome, the only histogram. Thread-safe. */
public final class IssueMetrics {
  private final MeterRegistry registry;
  private final Map<String, Timer> timers = new ConcurrentHashMap<>();

  public IssueMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  /**
   * Counts one issue.
   *
   * @param outcome one of a fixed set of words: never a user's text
   */
  public void record(String outcome, long nanos) {
    timers.computeIfAbsent(outcome, this::timer).record(nanos, TimeUnit.NANOSECONDS);
  }

  private Timer timer(String outcome) {
    return Timer.builder("sunchak.issue")
        .description("Issues by outcome, from the request read to the answer handed over")
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
