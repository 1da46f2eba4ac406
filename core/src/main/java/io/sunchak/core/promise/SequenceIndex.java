package io.sunchak.core.promise;

import io.sunchak.core.Holding;
import io.sunchak.core.Reservation;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The promises of one epoch by their sequence, in blocks of neighbours, since a node's promises are
 * mostly neighbours: adding or removing one costs a step, whatever their number, and reading them
 * in order needs no sort. Not thread-safe.
 */
final class SequenceIndex {
  private static final int BITS = 6;
  private static final int BLOCK = 1 << BITS;

  /** What {@link #read} returns when nothing is left. */
  static final long END = -1;

  private final NavigableMap<Long, Block> blocks = new TreeMap<>();

  /**
   * After a rollback Redis gives a sequence again: the further promises of a sequence whose slot is
   * taken. Nearly always empty.
   */
  private final NavigableMap<Holding, Reservation> rivals =
      new TreeMap<>(Comparator.comparingLong(Holding::sequence).thenComparing(Holding::user));

  /** The block that was found last. */
  private long lastKey = END;

  private @Nullable Block last;

  private static final class Block {
    private final @Nullable Reservation[] slots = new Reservation[BLOCK];
    private int size;
  }

  /**
   * Adds a promise.
   *
   * @return false if it is known
   */
  boolean add(Reservation promise) {
    Block block = block(promise.sequence() >> BITS);
    int slot = slot(promise.sequence());
    Reservation there = block.slots[slot];
    if (there == null) {
      block.slots[slot] = promise;
      block.size++;
      return true;
    }
    if (there.user().equals(promise.user())) {
      return false;
    }
    Holding rival = new Holding(promise.user(), promise.sequence());
    return rivals.putIfAbsent(rival, promise) == null;
  }

  private Block block(long key) {
    Block block = key == lastKey ? last : null;
    if (block == null) {
      block = blocks.computeIfAbsent(key, k -> new Block());
      lastKey = key;
      last = block;
    }
    return block;
  }

  private static int slot(long sequence) {
    return (int) sequence & (BLOCK - 1);
  }

  /**
   * Removes exactly this user with exactly this sequence.
   *
   * @return false if it is unknown
   */
  boolean remove(Holding holding) {
    long key = holding.sequence() >> BITS;
    Block block = blocks.get(key);
    int slot = slot(holding.sequence());
    Reservation there = block == null ? null : block.slots[slot];
    if (block == null || there == null) {
      return false;
    }
    if (!there.user().equals(holding.user())) {
      return rivals.remove(holding) != null;
    }
    block.slots[slot] = rival(holding.sequence());
    if (block.slots[slot] == null && --block.size == 0) {
      blocks.remove(key);
      lastKey = END;
      last = null;
    }
    return true;
  }

  /** Takes a rival of a slot that becomes free. */
  private @Nullable Reservation rival(long sequence) {
    if (rivals.isEmpty()) {
      return null;
    }
    Map.Entry<Holding, Reservation> first = rivals(sequence).pollFirstEntry();
    return first == null ? null : first.getValue();
  }

  private NavigableMap<Holding, Reservation> rivals(long sequence) {
    return rivals.subMap(new Holding("", sequence), true, new Holding("", sequence + 1), false);
  }

  boolean isEmpty() {
    return blocks.isEmpty();
  }

  /** The promise with the highest sequence; null if there is none. */
  @Nullable Reservation highest() {
    Map.Entry<Long, Block> newest = blocks.lastEntry();
    if (newest != null) {
      for (int slot = BLOCK - 1; slot >= 0; slot--) {
        Reservation there = newest.getValue().slots[slot];
        if (there != null) {
          return there;
        }
      }
    }
    assert newest == null : "an empty block";
    return null;
  }

  /**
   * Reads promises in order of sequence, about {@code most} of them.
   *
   * @param from the lowest sequence to read
   * @param to the highest one
   * @return where to read on, or {@link #END}
   */
  long read(long from, long to, int most, List<Reservation> into) {
    int enough = into.size() + most;
    for (Map.Entry<Long, Block> entry : blocks.tailMap(from >> BITS, true).entrySet()) {
      long first = entry.getKey() << BITS;
      if (first > to) {
        return END;
      }
      if (into.size() >= enough) {
        return first;
      }
      for (Reservation there : entry.getValue().slots) {
        if (there != null && there.sequence() >= from && there.sequence() <= to) {
          into.add(there);
          into.addAll(rivals.isEmpty() ? List.of() : rivals(there.sequence()).values());
        }
      }
    }
    return END;
  }
}
