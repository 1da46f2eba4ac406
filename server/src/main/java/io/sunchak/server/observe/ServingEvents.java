package io.sunchak.server.observe;

import io.sunchak.alarm.Alarm;
import io.sunchak.core.CampaignId;
import io.sunchak.core.Reservation;
import io.sunchak.core.drain.DrainListener;
import io.sunchak.core.ledger.Drift;
import io.sunchak.core.ledger.RepairSummary;
import io.sunchak.core.resync.Resync;
import io.sunchak.core.serving.ServingListener;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Handles the serving loop's events: for readiness, for calls that wait until a campaign opens, for
 * the log, and as an alarm if a resync left something for an operator. Thread-safe.
 */
public final class ServingEvents implements ServingListener {
  private static final Logger LOG = LoggerFactory.getLogger("sunchak.serving");

  private final Alarm alarm;
  private final DrainListener drain;
  private final SilentNodes silentNodes;
  private final Map<CampaignId, CompletableFuture<Void>> awaited = new ConcurrentHashMap<>();
  private volatile @Nullable String unsafe;

  /** {@code drain} hears what a resync kept as a failure, as it hears it of the drain. */
  public ServingEvents(Alarm alarm, DrainListener drain, InstantSource clock) {
    this.alarm = alarm;
    this.drain = drain;
    this.silentNodes = new SilentNodes(clock);
  }

  /** Completes when the campaign is next opened. */
  public CompletableFuture<Void> next(CampaignId campaign) {
    return awaited.computeIfAbsent(campaign, id -> new CompletableFuture<>());
  }

  /** Removes the waiter. */
  public void forget(CampaignId campaign) {
    awaited.remove(campaign);
  }

  /** The unsafe setting because of which this node does not serve. */
  public @Nullable String unsafe() {
    return unsafe;
  }

  @Override
  public void onOpened(CampaignId campaign) {
    CompletableFuture<Void> waiting = awaited.remove(campaign);
    if (waiting != null) {
      waiting.complete(null);
    }
  }

  @Override
  public void onRepaired(CampaignId campaign, long epoch, List<Drift> drift) {
    if (drift.isEmpty()) {
      return;
    }
    String line = RepairText.line(campaign, epoch, drift);
    RepairSummary own =
        RepairSummary.of(drift.stream().filter(one -> one.kind().isOfCampaign()).toList());
    if (own.needsPerson()) {
      LOG.warn("{}", line);
      alarm.raise(RepairText.alarm(campaign, epoch, own));
    } else {
      LOG.info("{}", line);
    }
    drift.stream()
        .filter(one -> !one.kind().isOfCampaign())
        .map(Drift::user)
        .filter(silentNodes::isNew)
        .map(RepairText::alarm)
        .forEach(text -> {
          LOG.warn("{}", text);
          alarm.raise(text);
        });
  }

  @Override
  public void onFailure(CampaignId campaign, Reservation reservation, String reason) {
    drain.onFailure(campaign, reservation, reason);
  }

  @Override
  public void onResynced(CampaignId campaign, Resync.Done resynced) {
    LOG.info(
        "{} resynced in epoch {} up to number {}", campaign, resynced.epoch(), resynced.last());
  }

  @Override
  public void onUnsafe(String setting) {
    if (!setting.equals(unsafe)) {
      LOG.error("no campaign is served: {}", setting);
    }
    unsafe = setting;
  }

  @Override
  public void onSafe() {
    unsafe = null;
  }

  @Override
  public void onError(CampaignId campaign, RuntimeException error) {
    LOG.warn("{} could not be verified and is retried: {}", campaign, error.getMessage());
  }
}
