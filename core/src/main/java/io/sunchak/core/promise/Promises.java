package io.sunchak.core.promise;

import io.sunchak.core.CampaignId;
import io.sunchak.core.Holding;
import io.sunchak.core.Reservation;
import io.sunchak.core.ledger.LedgerHead;
import io.sunchak.core.ledger.PromiseLedger;
import io.sunchak.core.ledger.PromiseLedger.Rebuilding;
import io.sunchak.core.ledger.ResyncLedger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Holds what this node promised against the ledger: a promise is forgotten only when exactly this
 * user is seen to have exactly this number, or when the ledger has taken it over for the next
 * resync. A cursor that has passed the number is no proof, for in a Redis that was rolled back
 * another node may have given it to another user. Thread-safe, blocking; throws {@link
 * io.sunchak.core.ledger.LedgerException}.
 */
public final class Promises {
  private static final int CHUNK = 1_000;

  private final String node;
  private final PromiseBook book;
  private final ResyncLedger resync;
  private final PromiseLedger ledger;

  /**
   * What {@code book} holds, against the ledger.
   *
   * @param node this node's name, other than every other node's
   */
  public Promises(String node, PromiseBook book, ResyncLedger resync, PromiseLedger ledger) {
    this.node = node;
    this.book = book;
    this.resync = resync;
    this.ledger = ledger;
  }

  /** The log held these and the ledger does not take them now: this node remembers them, too. */
  public void read(CampaignId campaign, long epoch, List<Reservation> reservations) {
    book.keep(campaign, epoch, reservations);
  }

  /** This node wrote these into the ledger. */
  public void written(CampaignId campaign, List<Reservation> reservations) {
    book.forget(campaign, holdings(reservations));
  }

  /** Whether the ledger has what it must have by now; what it has is forgotten. */
  public boolean areKept(CampaignId campaign, LedgerHead head) {
    List<Reservation> due = book.due(campaign, head);
    boolean kept = true;
    for (int from = 0; from < due.size(); from += CHUNK) {
      Set<Holding> found = holdings(due.subList(from, Math.min(due.size(), from + CHUNK)));
      List<Holding> missing = resync.missing(campaign, found);
      missing.forEach(found::remove);
      book.forget(campaign, found);
      kept &= missing.isEmpty();
    }
    return kept;
  }

  /**
   * Hands over to the resync of {@code epoch} what this node promised before it, and tells nobody
   * yes any more on the word of an earlier epoch. What was handed over is the ledger's to keep.
   *
   * @return false if that resync is over or was overtaken; nothing was handed over
   */
  public boolean handOver(CampaignId campaign, long epoch) {
    return handOver(campaign, epoch, book.close(campaign, epoch));
  }

  /**
   * As {@link #handOver(CampaignId, long)}, for many resyncs; those for which there is nothing are
   * told so in one go.
   *
   * @return those that took it
   */
  public List<Rebuilding> handOver(List<Rebuilding> resyncs) {
    List<Rebuilding> taken = new ArrayList<>();
    List<Rebuilding> without = new ArrayList<>();
    for (Rebuilding resync : resyncs) {
      List<Reservation> promised = book.close(resync.campaign(), resync.epoch());
      if (promised.isEmpty()) {
        without.add(resync);
      } else if (handOver(resync.campaign(), resync.epoch(), promised)) {
        taken.add(resync);
      }
    }
    taken.addAll(ledger.handOverNothing(without, node));
    return taken;
  }

  private boolean handOver(CampaignId campaign, long epoch, List<Reservation> promised) {
    boolean taken = ledger.handOver(campaign, epoch, node, promised);
    if (taken) {
      book.forget(campaign, holdings(promised));
    }
    return taken;
  }

  private static Set<Holding> holdings(List<Reservation> reservations) {
    return reservations.stream()
        .map(r -> new Holding(r.user(), r.sequence()))
        .collect(Collectors.toCollection(HashSet::new));
  }
}
