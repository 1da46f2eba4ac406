package io.sunchak.server.operations;

import io.sunchak.core.CampaignId;
import io.sunchak.core.align.Align;
import io.sunchak.core.align.KeeperListener;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the keeper does: for readiness, for those who wait for a campaign to open, and in the log.
 * Thread-safe.
 */
public final class Openings implements KeeperListener {
  private static final Logger LOG = LoggerFactory.getLogger("sunchak.keeper");

  private final Map<CampaignId, CompletableFuture<Void>> awaited = new ConcurrentHashMap<>();
  private volatile @Nullable String unsafe;

  /** Completes when the campaign is opened the next time. */
  public CompletableFuture<Void> next(CampaignId campaign) {
    return awaited.computeIfAbsent(campaign, id -> new CompletableFuture<>());
  }

  /** Nobody waits any more. */
  public void forget(CampaignId campaign) {
    awaited.remove(campaign);
  }

  /** The setting that keeps this node from serving. */
  public @Nullable String unsafe() {
    return unsafe;
  }

  @Override
  public void onOpened(CampaignId campaign, long epoch) {
    CompletableFuture<Void> waiting = awaited.remove(campaign);
    if (waiting != null) {
      waiting.complete(null);
    }
  }

  @Override
  public void onAligned(CampaignId campaign, Align.Aligned aligned) {
    LOG.info("{} aligned in epoch {}, drift: {}", campaign, aligned.epoch(), aligned.drift());
  }

  @Override
  public void onUnsafe(String setting) {
    if (!setting.equals(unsafe)) {
      LOG.error("not serving: {}", setting);
    }
    unsafe = setting;
  }

  @Override
  public void onSafe() {
    unsafe = null;
  }

  @Override
  public void onError(CampaignId campaign, RuntimeException error) {
    LOG.warn("{} is verified later: {}", campaign, error.getMessage());
  }
}
