package io.sunchak.core.promise;

import io.sunchak.core.CampaignId;
import io.sunchak.core.Holding;
import io.sunchak.core.Reservation;
import io.sunchak.core.ledger.LedgerHead;
import io.sunchak.core.ledger.PromiseLedger.Sighting;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * All holdings that this node has confirmed to users (by 202, 200 or {@code issues/me}), kept until
 * they are seen in the ledger. So a Redis that loses its newest entries does not lose these
 * promises. About 46 bytes each and the user's id; bounded for the node as a whole. In memory;
 * thread-safe, and a method waits at most for another short one of the same campaign. What is
 * returned may lack what was forgotten, and have what was kept, while it was read.
 */
public final class PromiseBook {
  private final int most;
  private final AtomicInteger size = new AtomicInteger();
  private final Map<CampaignId, PromisePage> pages = new ConcurrentHashMap<>();

  /** Few of thousands of campaigns; asked for several times a second. */
  private final Set<CampaignId> written = ConcurrentHashMap.newKeySet();

  /**
   * An empty book.
   *
   * @param most the number of promises from which on {@link #isFull} is true
   */
  public PromiseBook(int most) {
    this.most = most;
  }

  /** Whether this node must not accept issues for now, until the ledger has caught up. */
  public boolean isFull() {
    return size.get() >= most;
  }

  /**
   * Adds holdings that are about to be confirmed to users, all decided under {@code epoch}.
   *
   * @return false if this node has already handed over its promises to the resync of a later epoch.
   *     Then these must not be confirmed, because no resync would know of them
   */
  public boolean keep(CampaignId campaign, long epoch, Collection<Reservation> promises) {
    return page(campaign).keep(epoch, promises);
  }

  /**
   * Makes {@link #keep} refuse epochs before {@code epoch} from now on.
   *
   * @return all promises of the campaign in order of sequence, also of a later epoch, which a
   *     restored ledger has forgotten
   */
  List<Reservation> close(CampaignId campaign, long epoch) {
    return page(campaign).close(epoch);
  }

  /**
   * Makes {@link #keep} refuse epochs before {@code epoch} from now on.
   *
   * @return whether no promise of such an epoch is left: the ledger has them all
   */
  boolean isClearBefore(CampaignId campaign, long epoch) {
    return page(campaign).isClearBefore(epoch);
  }

  /**
   * The promises that the ledger must have by now: all up to {@code head}'s cursor, and all of
   * other epochs, which the resync in between could not know.
   */
  List<Reservation> due(CampaignId campaign, LedgerHead head) {
    PromisePage page = pages.get(campaign);
    return page == null ? List.of() : page.due(head.epoch(), head.cursor());
  }

  /** Forgets these, because the ledger has exactly them. */
  void forget(CampaignId campaign, Collection<Holding> stored) {
    PromisePage page = pages.get(campaign);
    if (page != null) {
      page.forget(stored);
    }
  }

  /** The campaigns with promises. */
  Set<CampaignId> campaigns() {
    return Set.copyOf(written);
  }

  /** All promises of a campaign, in order of sequence. */
  public List<Reservation> all(CampaignId campaign) {
    PromisePage page = pages.get(campaign);
    return page == null ? List.of() : page.all();
  }

  /** The highest promise of each campaign with promises. */
  List<Sighting> highest() {
    List<Sighting> highest = new ArrayList<>();
    written.forEach(campaign -> page(campaign).highest(highest));
    return highest;
  }

  private PromisePage page(CampaignId campaign) {
    return pages.computeIfAbsent(campaign, id -> new PromisePage(id, size, written));
  }
}
