package io.sunchak.server.operations;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.sunchak.core.CampaignId;
import io.sunchak.core.Reservation;
import io.sunchak.core.drain.DrainListener;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the drain does, as metrics; what it could not do, as log lines of their own logger.
 * Thread-safe.
 */
public final class DrainMetrics implements DrainListener {
  private static final Logger FAILURES = LoggerFactory.getLogger("sunchak.failures");

  private final Counter rows;
  private final Counter failures;
  private final DistributionSummary batches;
  private final Map<CampaignId, Long> backlog = new ConcurrentHashMap<>();
  private final Runnable onCommit;
  private volatile double lagSeconds;

  /**
   * Registers the drain's meters.
   *
   * @param onCommit told after each commit
   */
  public DrainMetrics(MeterRegistry registry, Runnable onCommit) {
    this.onCommit = onCommit;
    this.rows = Counter.builder("sunchak.drain.rows").register(registry);
    this.failures = Counter.builder("sunchak.failures").register(registry);
    this.batches = DistributionSummary.builder("sunchak.drain.batch.size").register(registry);
    Gauge.builder("sunchak.drain.lag.seconds", this, metrics -> metrics.lagSeconds)
        .register(registry);
    Gauge.builder("sunchak.backlog", this, DrainMetrics::backlog).register(registry);
  }

  private double backlog() {
    return backlog.values().stream().mapToLong(Long::longValue).sum();
  }

  @Override
  public void onBatch(CampaignId campaign, int count, long nanos, double lag) {
    rows.increment(count);
    batches.record(count);
    lagSeconds = lag;
  }

  @Override
  public void onDrained(CampaignId campaign, long cursor) {
    onCommit.run();
  }

  @Override
  public void onBacklog(CampaignId campaign, long size) {
    if (size == 0) {
      backlog.remove(campaign);
      lagSeconds = backlog.isEmpty() ? 0 : lagSeconds;
    } else {
      backlog.put(campaign, size);
    }
  }

  @Override
  public void onFailure(CampaignId campaign, Reservation reservation, String reason) {
    failures.increment();
    FAILURES.error("{} number {} kept as a failure: {}", campaign, reservation.sequence(), reason);
  }

  @Override
  public void onError(CampaignId campaign, RuntimeException error) {
    FAILURES.warn("{} is drained later: {}", campaign, error.getMessage());
  }

  @Override
  public void onStopped(CampaignId campaign, String reason) {
    FAILURES.error("{} is not drained until a person helps: {}", campaign, reason);
  }
}
