package io.sunchak.core.resync;

import io.sunchak.core.CampaignId;
import io.sunchak.core.Reservation;
import io.sunchak.core.ledger.Drift;
import java.util.List;

/**
 * Receives the events of resyncs, for logs, alarms and metrics. Called on the resync's thread, so
 * an implementation must be fast and thread-safe and must not throw.
 */
public interface ResyncListener {
  /**
   * A resync found these differences and has repaired them in the ledger. Called at once, because
   * if the attempt fails later, the next one does not find them any more.
   */
  default void onRepaired(CampaignId campaign, long epoch, List<Drift> drift) {}

  /**
   * A resync kept a promise as a failure because the ledger refuses it as a row. Called at once.
   */
  default void onFailure(CampaignId campaign, Reservation reservation, String reason) {}

  /** A resync succeeded. */
  default void onResynced(CampaignId campaign, Resync.Done done) {}
}
