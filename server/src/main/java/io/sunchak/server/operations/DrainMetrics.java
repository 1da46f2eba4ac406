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
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** What the drain does, as metrics; what it could not do goes on to people. Thread-safe. */
public final class DrainMetrics implements DrainListener {
  private final Counter rows;
  private final Counter failures;
  private final DistributionSummary batches;
  private final Map<CampaignId, Long> backlog = new ConcurrentHashMap<>();
  private final Runnable onCommit;
  private final DrainTrouble trouble;
  private final LongAdder commitNanos = new LongAdder();
  private volatile double lagSeconds;

  /** What was committed since the start. */
  record Figures(long rows, long batches, long nanos) {}

  /**
   * Registers the drain's meters.
   *
   * @param onCommit told after each commit
   */
  public DrainMetrics(MeterRegistry registry, Runnable onCommit, DrainTrouble trouble) {
    this.onCommit = onCommit;
    this.trouble = trouble;
    this.rows = Counter.builder("sunchak.drain.rows").register(registry);
    this.failures = Counter.builder("sunchak.failures").register(registry);
    this.batches = DistributionSummary.builder("sunchak.drain.batch.size").register(registry);
    Gauge.builder("sunchak.drain.lag.seconds", this, metrics -> metrics.lagSeconds)
        .register(registry);
    Gauge.builder("sunchak.backlog", this, DrainMetrics::backlog).register(registry);
  }

  DrainTrouble.@Nullable Trouble lastTrouble() {
    return trouble.last();
  }

  /** Whether the newest write of some campaign's drain failed. */
  public boolean isWriteFailing() {
    return trouble.isWriteFailing();
  }

  Figures figures() {
    return new Figures((long) rows.count(), batches.count(), commitNanos.sum());
  }

  private double backlog() {
    return backlog.values().stream().mapToLong(Long::longValue).sum();
  }

  @Override
  public void onBatch(CampaignId campaign, int count, long nanos, double lag) {
    rows.increment(count);
    batches.record(count);
    commitNanos.add(nanos);
    lagSeconds = lag;
    trouble.moved(campaign);
  }

  @Override
  public void onDrained(CampaignId campaign, long cursor) {
    onCommit.run();
  }

  @Override
  public void onBacklog(CampaignId campaign, long size) {
    if (size == 0) {
      backlog.remove(campaign);
      trouble.moved(campaign);
      lagSeconds = backlog.isEmpty() ? 0 : lagSeconds;
    } else {
      backlog.put(campaign, size);
    }
  }

  @Override
  public void onFailure(CampaignId campaign, Reservation reservation, String reason) {
    failures.increment();
    trouble.kept(campaign, reservation, reason);
  }

  @Override
  public void onError(CampaignId campaign, RuntimeException error) {
    trouble.later(campaign, error);
  }

  @Override
  public void onStopped(CampaignId campaign, String reason) {
    trouble.stopped(campaign, reason);
  }
}
