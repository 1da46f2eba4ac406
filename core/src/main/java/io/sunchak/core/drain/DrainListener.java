package io.sunchak.core.drain;

import io.sunchak.core.CampaignId;
import io.sunchak.core.Reservation;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Told what the drain does, for metrics, alarms and those who wait for their row. Called on the
 * drain's own threads: must be quick, thread-safe, and must not throw.
 */
public interface DrainListener {
  /** Hears nothing. */
  DrainListener NONE = new DrainListener() {};

  /**
   * Rows were committed.
   *
   * @param nanos how long the ledger took
   * @param lagSeconds from the acceptance of the batch's first reservation until now
   */
  default void onBatch(CampaignId campaign, int rows, long nanos, double lagSeconds) {}

  /** The ledger has everything up to {@code cursor}. */
  default void onDrained(CampaignId campaign, long cursor) {}

  /** A reservation was kept as a failure, because the ledger can never take it as a row. */
  default void onFailure(CampaignId campaign, Reservation reservation, String reason) {}

  /**
   * What the log held at this pass.
   *
   * @param backlog how many reservations
   * @param oldest when the first of them was accepted; null when there is none
   */
  default void onBacklog(CampaignId campaign, long backlog, @Nullable Instant oldest) {}

  /** A pass failed and will be tried again; nothing was lost. */
  default void onError(CampaignId campaign, RuntimeException error) {}

  /** The drain of this campaign stands still until a person helps: an alarm, repeated. */
  default void onStopped(CampaignId campaign, String reason) {}
}
