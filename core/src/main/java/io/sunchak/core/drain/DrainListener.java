package io.sunchak.core.drain;

import io.sunchak.core.CampaignId;
import io.sunchak.core.Reservation;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Receives the drain's events, for metrics, alarms and requests that wait for their row. Called on
 * the drain's threads, so an implementation must be fast and thread-safe and must not throw.
 */
public interface DrainListener {
  /** Ignores all events. */
  DrainListener NONE = new DrainListener() {};

  /**
   * Rows were committed.
   *
   * @param nanos how long the ledger took
   * @param lagSeconds from the acceptance of the batch's first reservation until now
   */
  default void onBatch(CampaignId campaign, int rows, long nanos, double lagSeconds) {}

  /** The ledger holds every sequence up to {@code cursor}. */
  default void onDrained(CampaignId campaign, long cursor) {}

  /** A reservation was kept as a failure because the ledger refuses it as a row. */
  default void onFailure(CampaignId campaign, Reservation reservation, String reason) {}

  /**
   * The size of the log at this pass.
   *
   * @param backlog how many reservations
   * @param oldest when the first of them was accepted; null if there is none
   */
  default void onBacklog(CampaignId campaign, long backlog, @Nullable Instant oldest) {}

  /** Whether each yes waits for its row, by a setting, so that rows must not gather for long. */
  default boolean isAwaited() {
    return false;
  }

  /** A pass failed and will be retried; nothing was lost. */
  default void onError(CampaignId campaign, RuntimeException error) {}

  /** The drain of this campaign has stopped and needs an operator. Repeated at each retry. */
  default void onStopped(CampaignId campaign, String reason) {}
}
