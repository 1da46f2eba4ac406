package io.sunchak.core.drain;

import io.sunchak.core.CampaignId;
import io.sunchak.core.Reservation;
import io.sunchak.core.loop.LoopListener;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Reports exceptions of another listener as errors of the loop, so that they do not stop the drain.
 * Thread-safe.
 */
final class GuardedListener implements DrainListener {
  private final DrainListener listener;
  private final LoopListener loops;

  GuardedListener(DrainListener listener, LoopListener loops) {
    this.listener = listener;
    this.loops = loops;
  }

  private void guard(Runnable telling) {
    loops.guard(Drain.LOOP, telling);
  }

  @Override
  public void onBatch(CampaignId campaign, int rows, long nanos, double lagSeconds) {
    guard(() -> listener.onBatch(campaign, rows, nanos, lagSeconds));
  }

  @Override
  public void onDrained(CampaignId campaign, long cursor) {
    guard(() -> listener.onDrained(campaign, cursor));
  }

  @Override
  public void onFailure(CampaignId campaign, Reservation reservation, String reason) {
    guard(() -> listener.onFailure(campaign, reservation, reason));
  }

  @Override
  public void onBacklog(CampaignId campaign, long backlog, @Nullable Instant oldest) {
    guard(() -> listener.onBacklog(campaign, backlog, oldest));
  }

  @Override
  public boolean isAwaited() {
    AtomicBoolean awaited = new AtomicBoolean();
    guard(() -> awaited.set(listener.isAwaited()));
    return awaited.get();
  }

  @Override
  public void onError(CampaignId campaign, RuntimeException error) {
    guard(() -> listener.onError(campaign, error));
  }

  @Override
  public void onStopped(CampaignId campaign, String reason) {
    guard(() -> listener.onStopped(campaign, reason));
  }
}
