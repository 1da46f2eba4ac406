package io.sunchak.server.observe;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.sunchak.core.CampaignId;
import io.sunchak.core.Reservation;
import io.sunchak.core.drain.DrainListener;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Metrics of the drain; errors go to {@link DrainTrouble}. The figures cover all campaigns with a
 * backlog; of values per campaign the greatest is shown. A value that cannot be known because Redis
 * is down is NaN. Thread-safe.
 */
public final class DrainMetrics implements DrainListener {
  private final Counter rows;
  private final Counter failures;
  private final DistributionSummary batches;
  private final Map<CampaignId, Waiting> waiting = new ConcurrentHashMap<>();
  private final Map<CampaignId, Double> committed = new ConcurrentHashMap<>();
  private final DrainTrouble trouble;
  private final LongAdder commitNanos = new LongAdder();
  private final BooleanSupplier redisUp;
  private final InstantSource clock;

  private record Waiting(long size, @Nullable Instant oldest) {}

  /** The commits since the start. */
  public record Figures(long rows, long batches, long nanos) {}

  /**
   * Registers the drain's meters.
   *
   * @param redisUp whether the logs can be read
   */
  public DrainMetrics(
      MeterRegistry registry, BooleanSupplier redisUp, DrainTrouble trouble, InstantSource clock) {
    this.redisUp = redisUp;
    this.trouble = trouble;
    this.clock = clock;
    this.rows = Counter.builder("sunchak.drain.rows").register(registry);
    this.failures = Counter.builder("sunchak.failures").register(registry);
    this.batches = DistributionSummary.builder("sunchak.drain.batch.size").register(registry);
    Gauge.builder("sunchak.drain.lag.seconds", this, DrainMetrics::commitLag).register(registry);
    Gauge.builder("sunchak.lag.seconds", this, DrainMetrics::lag).register(registry);
    Gauge.builder("sunchak.backlog", this, DrainMetrics::backlog).register(registry);
  }

  public DrainTrouble.@Nullable Trouble lastTrouble() {
    return trouble.last();
  }

  /** Whether the latest write of any campaign's drain has failed. */
  boolean isWriteFailing() {
    return trouble.isWriteFailing();
  }

  public Figures figures() {
    return new Figures((long) rows.count(), batches.count(), commitNanos.sum());
  }

  private double backlog() {
    return known(waiting.values().stream().mapToDouble(Waiting::size).sum());
  }

  /** The lag of the latest batch, the greatest of all campaigns. */
  private double commitLag() {
    return known(committed.values().stream().mapToDouble(Double::doubleValue).max().orElse(0));
  }

  /** The age of the oldest reservation that is not in the ledger. */
  private double lag() {
    Instant now = clock.instant();
    return known(
        waiting.values().stream()
            .map(Waiting::oldest)
            .filter(Objects::nonNull)
            .mapToDouble(oldest -> Math.max(0, Duration.between(oldest, now).toMillis() / 1e3))
            .max()
            .orElse(0));
  }

  private double known(double figure) {
    return redisUp.getAsBoolean() ? figure : Double.NaN;
  }

  @Override
  public void onBatch(CampaignId campaign, int count, long nanos, double lag) {
    rows.increment(count);
    batches.record(count);
    commitNanos.add(nanos);
    committed.put(campaign, lag);
    trouble.moved(campaign);
  }

  @Override
  public void onBacklog(CampaignId campaign, long size, @Nullable Instant oldest) {
    if (size == 0) {
      waiting.remove(campaign);
      committed.remove(campaign);
      trouble.moved(campaign);
    } else {
      waiting.put(campaign, new Waiting(size, oldest));
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
