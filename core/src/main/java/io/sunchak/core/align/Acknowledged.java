package io.sunchak.core.align;

import io.sunchak.core.CampaignId;
import io.sunchak.core.Reservation;
import io.sunchak.core.Witness;
import java.util.List;
import java.util.Set;

/**
 * What this node has told users "yes" about and the ledger may not have yet. Align takes it in, so
 * that a Redis that lost its tail does not take those promises with it. Thread-safe.
 */
public interface Acknowledged {
  /** In order of sequence, those above {@code cursor}, whatever their epoch. */
  List<Reservation> beyond(CampaignId campaign, long cursor);

  /** The ledger has exactly these, whatever their epoch: forget them. */
  void forget(CampaignId campaign, Set<Witness> stored);
}
