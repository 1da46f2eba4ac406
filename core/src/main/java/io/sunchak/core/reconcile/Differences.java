package io.sunchak.core.reconcile;

import io.sunchak.core.reconcile.Reconciliation.Difference;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Collects the differences of a reconciliation: the first ones in full, the others as a count. Not
 * thread-safe.
 */
final class Differences {
  static final int SHOWN = 100;

  /** At most so many users are remembered, so that a difference is not counted from both sides. */
  private static final int REMEMBERED = 100_000;

  private final List<Difference> shown = new ArrayList<>();
  private final Set<String> users = new HashSet<>();
  private long count;

  void add(Difference difference) {
    if (users.size() < REMEMBERED && !users.add(difference.user())) {
      return;
    }
    count++;
    if (shown.size() < SHOWN) {
      shown.add(difference);
    }
  }

  List<Difference> shown() {
    return List.copyOf(shown);
  }

  long count() {
    return count;
  }
}
