package io.sunchak.core.align;

import io.sunchak.core.CampaignId;
import io.sunchak.core.Reservation;
import java.util.List;

/**
 * What this node has told users "yes" about and the ledger may not have yet. Align takes it in, so
 * that a Redis that lost its tail does not take those promises with it. Thread-safe.
 */
public interface Acknowledged {
  /** In order of sequence, those above {@code cursor}, whatever their epoch. */
  List<Reservation> beyond(CampaignId campaign, long cursor);

  /**
   * The ledger has everything of {@code epoch} up to {@code cursor}: forget that. Promises of
   * another epoch stay until align or the keeper has looked at them.
   */
  void forget(CampaignId campaign, long epoch, long cursor);
}
