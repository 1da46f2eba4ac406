package io.sunchak.core.align;

import io.sunchak.core.CampaignId;
import io.sunchak.core.Reservation;
import io.sunchak.core.Witness;
import io.sunchak.core.ledger.AlignLedger;
import io.sunchak.core.ledger.LedgerHead;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Holds what this node promised against the ledger: a promise is forgotten only when exactly this
 * user is seen to have exactly this number. A cursor that has passed the number is no proof, for in
 * a Redis that was rolled back another node may have given it to another user. Thread-safe,
 * blocking; throws {@link io.sunchak.core.ledger.LedgerException}.
 */
public final class Promises {
  private static final int CHUNK = 1_000;

  private final Acknowledged acknowledged;
  private final AlignLedger ledger;

  public Promises(Acknowledged acknowledged, AlignLedger ledger) {
    this.acknowledged = acknowledged;
    this.ledger = ledger;
  }

  /** This node wrote these into the ledger, or settled them. */
  public void written(CampaignId campaign, List<Reservation> reservations) {
    acknowledged.forget(campaign, witnesses(reservations));
  }

  /**
   * Whether the ledger has what it must have by now: all that was promised up to {@code head}'s
   * cursor, and all of another epoch, which the align in between could not know of. What it has is
   * forgotten.
   */
  public boolean areKept(CampaignId campaign, LedgerHead head) {
    List<Reservation> due =
        acknowledged.beyond(campaign, 0).stream()
            .filter(r -> r.epoch() != head.epoch() || r.sequence() <= head.cursor())
            .toList();
    boolean kept = true;
    for (int from = 0; from < due.size(); from += CHUNK) {
      Set<Witness> found = witnesses(due.subList(from, Math.min(due.size(), from + CHUNK)));
      List<Witness> missing = ledger.missing(campaign, found);
      missing.forEach(found::remove);
      acknowledged.forget(campaign, found);
      kept &= missing.isEmpty();
    }
    return kept;
  }

  private static Set<Witness> witnesses(List<Reservation> reservations) {
    return reservations.stream()
        .map(r -> new Witness(r.user(), r.sequence()))
        .collect(Collectors.toCollection(HashSet::new));
  }
}
