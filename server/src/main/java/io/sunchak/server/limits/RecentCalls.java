package io.sunchak.server.limits;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.LongSupplier;

/**
 * Counts the calls of each key within a window of time, in one megabyte. Keys whose hashes fall
 * into one slot share its count, so a count may be too high, but it is never too low. A key that
 * called more than {@code rarely} times keeps its slot busy through the next window. Thread-safe;
 * never blocks.
 *
 * <p>This is a count-min sketch with one row (Cormode and Muthukrishnan, 2005).
 */
final class RecentCalls {
  private static final int SLOTS = 1 << 18;
  private static final int COUNT_BITS = 8;
  private static final int MOST = (1 << COUNT_BITS) - 1;
  private static final int WINDOWS = -1 >>> COUNT_BITS;

  private final AtomicIntegerArray slots = new AtomicIntegerArray(SLOTS);
  private final int rarely;
  private final long windowNanos;
  private final LongSupplier nanos;

  /**
   * Counts nothing yet.
   *
   * @param rarely the number of calls in a window, at most 254, up to which a key counts as rare
   * @param nanos a clock such as {@link System#nanoTime}
   */
  RecentCalls(int rarely, Duration window, LongSupplier nanos) {
    if (rarely < 0 || rarely >= MOST) {
      throw new IllegalArgumentException("not from 0 to " + (MOST - 1) + ": " + rarely);
    }
    this.rarely = rarely;
    this.windowNanos = window.toNanos();
    this.nanos = nanos;
  }

  /** Counts a call of this key; true while the key has called rarely, this call included. */
  boolean isRare(Object key) {
    int window = (int) Math.floorDiv(nanos.getAsLong(), windowNanos) & WINDOWS;
    int slot = slot(key.hashCode());
    return (slots.updateAndGet(slot, old -> counted(old, window)) & MOST) <= rarely;
  }

  private int counted(int old, int window) {
    int then = old >>> COUNT_BITS;
    int count = old & MOST;
    if (then == window) {
      return count == MOST ? old : old + 1;
    }
    boolean busy = count > rarely && ((then + 1) & WINDOWS) == window;
    return window << COUNT_BITS | (busy ? rarely + 1 : 1);
  }

  /** The multiplication spreads hashes that differ in their high or low bits alone. */
  private static int slot(int hash) {
    int spread = hash * 0x9E3779B9;
    return (spread ^ spread >>> 16) & SLOTS - 1;
  }
}
