package io.sunchak.simulator.redis.store;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * How to undo the last writes. A write is one command or one script that changed something, and is
 * undone as a whole.
 */
final class Journal {
  /** Writes that can be undone; the ones before are forgotten. */
  static final int KEPT = 100_000;

  private final Deque<List<Runnable>> writes = new ArrayDeque<>();
  private List<Runnable> current = new ArrayList<>();
  private long count;

  /** Part of the current write. */
  void note(Runnable undo) {
    current.add(undo);
  }

  /** Ends the current write, if anything was noted. */
  void end() {
    if (current.isEmpty()) {
      return;
    }
    if (writes.size() == KEPT) {
      writes.removeFirst();
    }
    writes.addLast(current);
    current = new ArrayList<>();
    count++;
  }

  /** Writes there have been and that were not undone. */
  long count() {
    return count;
  }

  /**
   * Undoes the writes after the first {@code kept} ones.
   *
   * @throws IllegalArgumentException when there were fewer, or when it has forgotten how
   */
  void undoTo(long kept) {
    if (kept > count || count - kept > writes.size()) {
      throw new IllegalArgumentException(
          "cannot go back to write " + kept + " of " + count + ": " + writes.size() + " are known");
    }
    for (; count > kept; count--) {
      writes.removeLast().reversed().forEach(Runnable::run);
    }
  }

  /** Nothing of before can be undone any more. */
  void forget() {
    writes.clear();
  }
}
