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
 * Compares this node's promises with the ledger. A promise is forgotten only when the ledger has
 * exactly this user with exactly this number, or has stored it for the next resync. A cursor beyond
 * the number is no proof, because after a rollback of Redis another node may have given the number
 * to another user. Thread-safe, blocking; throws {@link io.sunchak.core.ledger.LedgerException}.
 */
public final class Promises {
  private static final int CHUNK = 1_000;

  private final String node;
  private final PromiseBook book;
  private final ResyncLedger resync;
  private final PromiseLedger ledger;

  /**
   * The promises in {@code book}, compared with {@code ledger}.
   *
   * @param node this node's unique name
   */
  public Promises(String node, PromiseBook book, ResyncLedger resync, PromiseLedger ledger) {
    this.node = node;
    this.book = book;
    this.resync = resync;
    this.ledger = ledger;
  }

  /** Keeps these, which were read from the log while the ledger does not accept them. */
  public void read(CampaignId campaign, long epoch, List<Reservation> reservations) {
    book.keep(campaign, epoch, reservations);
  }

  /** Forgets these, which this node wrote into the ledger. */
  public void written(CampaignId campaign, List<Reservation> reservations) {
    book.forget(campaign, holdings(reservations));
  }

  /**
   * Whether the ledger has all promises that it must have by now. Those that it has are forgotten.
   */
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
   * Hands this node's promises over to the resync of {@code epoch}. From then on the node confirms
   * nothing of an earlier epoch. The ledger keeps what was handed over.
   *
   * @return false if that resync is over or was overtaken; nothing was handed over
   */
  public boolean handOver(CampaignId campaign, long epoch) {
    return handOver(campaign, epoch, book.close(campaign, epoch));
  }

  /**
   * As {@link #handOver(CampaignId, long)}, for many resyncs. Those for which this node has nothing
   * get one common report.
   *
   * @return the resyncs that took it
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
