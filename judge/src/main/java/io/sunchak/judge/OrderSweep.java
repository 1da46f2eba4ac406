package io.sunchak.judge;

import java.util.Comparator;
import java.util.List;

/**
 * Checks order and finality, each in one pass through time: requests in the order in which they
 * were sent, against the highest value among the answers before.
 */
final class OrderSweep {
  private final List<Accepted> byInvoked;
  private final List<Accepted> byTold;
  private final Findings findings;

  /**
   * A user who holds a sequence.
   *
   * @param invoked the earliest time at which it can have been accepted
   * @param told when the user first received the sequence; {@link UserHistory#NEVER} if never
   */
  record Accepted(String user, long sequence, long invoked, long told) {}

  OrderSweep(List<Accepted> accepted, Findings findings) {
    this.byInvoked = accepted.stream().sorted(Comparator.comparingLong(Accepted::invoked)).toList();
    this.byTold = accepted.stream().sorted(Comparator.comparingLong(Accepted::told)).toList();
    this.findings = findings;
  }

  /** I5: a user who asked after another was answered must not get a lower sequence. */
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

  /**
   * I6: nobody who asked after an answer SOLD_OUT is accepted, unless the stock was raised in
   * between.
   */
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
