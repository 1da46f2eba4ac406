package io.sunchak.core.promise;

import io.sunchak.core.CampaignId;
import io.sunchak.core.Holding;
import io.sunchak.core.Reservation;
import io.sunchak.core.ledger.PromiseLedger.Sighting;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One campaign's promises by epoch; there is nearly always one epoch. Thread-safe, by its own lock.
 * The event loops that answer users wait for this lock, so it is never held for longer than about a
 * thousand promises take. A method that reads or forgets many promises takes it slice by slice, and
 * may or may not see what changes meanwhile.
 */
final class PromisePage {
  private static final int SLICE = 1_000;

  private final NavigableMap<Long, SequenceIndex> epochs = new TreeMap<>();
  private final CampaignId campaign;
  private final AtomicInteger size;
  private final Set<CampaignId> written;
  private long closedBelow;

  /**
   * An empty page.
   *
   * @param size of the book, of which this is a page
   * @param written the campaigns whose pages are not empty; kept by the pages
   */
  PromisePage(CampaignId campaign, AtomicInteger size, Set<CampaignId> written) {
    this.campaign = campaign;
    this.size = size;
    this.written = written;
  }

  synchronized boolean keep(long epoch, Collection<Reservation> promises) {
    if (epoch < closedBelow) {
      return false;
    }
    if (!promises.isEmpty()) {
      if (epochs.isEmpty()) {
        written.add(campaign);
      }
      SequenceIndex kept = epochs.computeIfAbsent(epoch, e -> new SequenceIndex());
      int added = 0;
      for (Reservation promise : promises) {
        added += kept.add(promise) ? 1 : 0;
      }
      size.addAndGet(added);
    }
    return true;
  }

  /** Refuses promises from before {@code epoch} from now on, and returns all that are kept. */
  List<Reservation> close(long epoch) {
    synchronized (this) {
      closedBelow = Math.max(closedBelow, epoch);
    }
    return all();
  }

  /** Refuses promises from before {@code epoch} from now on; true if none is kept. */
  synchronized boolean isClearBefore(long epoch) {
    closedBelow = Math.max(closedBelow, epoch);
    return epochs.headMap(epoch).isEmpty();
  }

  List<Reservation> all() {
    return due(Long.MIN_VALUE, 0);
  }

  /** Those of {@code epoch} up to {@code cursor}, and all of other epochs, in order of sequence. */
  List<Reservation> due(long epoch, long cursor) {
    List<Long> known;
    synchronized (this) {
      known = List.copyOf(epochs.keySet());
    }
    List<Reservation> due = new ArrayList<>();
    known.forEach(one -> read(one, one == epoch ? cursor : Long.MAX_VALUE, due));
    if (known.size() > 1) {
      due.sort(Comparator.comparingLong(Reservation::sequence));
    }
    return due;
  }

  private void read(long epoch, long to, List<Reservation> into) {
    long from = 0;
    while (from != SequenceIndex.END) {
      from = slice(epoch, from, to, into);
    }
  }

  private synchronized long slice(long epoch, long from, long to, List<Reservation> into) {
    SequenceIndex kept = epochs.get(epoch);
    return kept == null ? SequenceIndex.END : kept.read(from, to, SLICE, into);
  }

  void forget(Collection<Holding> stored) {
    Iterator<Holding> rest = stored.iterator();
    while (rest.hasNext()) {
      forgetSlice(rest);
    }
  }

  private synchronized void forgetSlice(Iterator<Holding> rest) {
    int removed = 0;
    for (int i = 0; i < SLICE && rest.hasNext(); i++) {
      Holding one = rest.next();
      for (SequenceIndex kept : epochs.values()) {
        removed += kept.remove(one) ? 1 : 0;
      }
    }
    epochs.values().removeIf(SequenceIndex::isEmpty);
    if (epochs.isEmpty()) {
      written.remove(campaign);
    }
    int left = size.addAndGet(-removed);
    assert left >= 0 : "more forgotten than kept";
  }

  /** Adds the highest promise of the newest epoch, if there is one. */
  synchronized void highest(List<Sighting> into) {
    Map.Entry<Long, SequenceIndex> newest = epochs.lastEntry();
    Reservation highest = newest == null ? null : newest.getValue().highest();
    if (newest != null && highest != null) {
      Holding holding = new Holding(highest.user(), highest.sequence());
      into.add(new Sighting(campaign, newest.getKey(), holding));
    }
  }
}
