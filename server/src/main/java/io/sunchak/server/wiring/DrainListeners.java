package io.sunchak.server.wiring;

import io.sunchak.core.CampaignId;
import io.sunchak.core.Reservation;
import io.sunchak.core.drain.DrainListener;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Tells each event of the drain to several listeners, in their order. Thread-safe as they are. */
final class DrainListeners implements DrainListener {
  private final List<DrainListener> listeners;

  DrainListeners(DrainListener... listeners) {
    this.listeners = List.of(listeners);
  }

  private void tell(Consumer<DrainListener> event) {
    listeners.forEach(event);
  }

  @Override
  public void onBatch(CampaignId campaign, int rows, long nanos, double lagSeconds) {
    tell(listener -> listener.onBatch(campaign, rows, nanos, lagSeconds));
  }

  @Override
  public void onDrained(CampaignId campaign, long cursor) {
    tell(listener -> listener.onDrained(campaign, cursor));
  }

  @Override
  public void onFailure(CampaignId campaign, Reservation reservation, String reason) {
    tell(listener -> listener.onFailure(campaign, reservation, reason));
  }

  @Override
  public void onBacklog(CampaignId campaign, long backlog, @Nullable Instant oldest) {
    tell(listener -> listener.onBacklog(campaign, backlog, oldest));
  }

  @Override
  public boolean isAwaited() {
    return listeners.stream().anyMatch(DrainListener::isAwaited);
  }

  @Override
  public void onError(CampaignId campaign, RuntimeException error) {
    tell(listener -> listener.onError(campaign, error));
  }

  @Override
  public void onStopped(CampaignId campaign, String reason) {
    tell(listener -> listener.onStopped(campaign, reason));
  }
}
