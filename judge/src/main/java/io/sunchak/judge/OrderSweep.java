package io.sunchak.judge;

import java.util.Comparator;
import java.util.List;

/**
 * Order and finality by one walk through time each: those invoked, in order, against the greatest
 * of what had completed before.
 */
final class OrderSweep {
  private final List<Accepted> byInvoked;
  private final List<Accepted> byTold;
  private final Findings findings;

  /**
   * A user who holds a sequence.
   *
   * @param invoked the first moment at which it can have been accepted
   * @param told when the user first knew; {@link UserHistory#NEVER} when never
   */
  record Accepted(String user, long sequence, long invoked, long told) {}

  OrderSweep(List<Accepted> accepted, Findings findings) {
    this.byInvoked = accepted.stream().sorted(Comparator.comparingLong(Accepted::invoked)).toList();
    this.byTold = accepted.stream().sorted(Comparator.comparingLong(Accepted::told)).toList();
    this.findings = findings;
  }

  /** I5: told before the other asked, then a lower sequence. */
  void judgeOrder() {
    int next = 0;
    Accepted highest = null;
    for (Accepted later : byInvoked) {
      while (next < byTold.size() && byTold.get(next).told() < later.invoked()) {
        Accepted earlier = byTold.get(next++);
        highest = highest == null || earlier.sequence() > highest.sequence() ? earlier : highest;
      }
      if (highest != null && highest.sequence() >= later.sequence()) {
        findings.add(
            Invariant.I5,
            "user %s was told %d at %d, user %s asked at %d and holds %d"
                .formatted(
                    highest.user(),
                    highest.sequence(),
                    highest.told(),
                    later.user(),
                    later.invoked(),
                    later.sequence()));
      }
    }
  }

  /** I6: nobody who asked after a SOLD_OUT is accepted, unless a raise came between. */
  void judgeSoldOut(List<Invocation> soldOut, List<Options.Raise> raises) {
    List<Invocation> byCompleted =
        soldOut.stream().sorted(Comparator.comparingLong(Invocation::completed)).toList();
    int next = 0;
    Invocation latest = null;
    for (Accepted later : byInvoked) {
      while (next < byCompleted.size() && byCompleted.get(next).completed() < later.invoked()) {
        Invocation said = byCompleted.get(next++);
        latest = latest == null || said.invoked() > latest.invoked() ? said : latest;
      }
      if (latest != null && latest.invoked() > lastRaiseBefore(later.told(), raises)) {
        findings.add(
            Invariant.I6,
            "user %s was told SOLD_OUT at %d, user %s asked at %d and holds %d"
                .formatted(
                    latest.user(),
                    latest.completed(),
                    later.user(),
                    later.invoked(),
                    later.sequence()));
      }
    }
  }

  private static long lastRaiseBefore(long accepted, List<Options.Raise> raises) {
    return raises.stream()
        .filter(raise -> raise.invoked() <= accepted)
        .mapToLong(Options.Raise::completed)
        .max()
        .orElse(Long.MIN_VALUE);
  }
}
