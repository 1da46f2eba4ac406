package io.sunchak.core.resync;

import io.sunchak.core.CampaignId;
import io.sunchak.core.Reservation;
import io.sunchak.core.ledger.Drift;
import java.util.List;

/**
 * Told what a resync does, for logs, alarms and metrics. Called on the thread that resyncs: must be
 * quick, thread-safe, and must not throw.
 */
public interface ResyncListener {
  /**
   * A resync found this and repaired it in the ledger. Told at once: should the attempt fail after
   * it, the next one finds none of it.
   */
  default void onRepaired(CampaignId campaign, long epoch, List<Drift> drift) {}

  /** A resync kept a promise as a failure, for the ledger refuses it as a coupon. Told at once. */
  default void onFailure(CampaignId campaign, Reservation reservation, String reason) {}

  /** A resync ended well. */
  default void onResynced(CampaignId campaign, Resync.Done done) {}
}
