package io.sunchak.judge;

import io.sunchak.judge.Invocation.Ok;
import io.sunchak.judge.Invocation.Refused;

/** All tries of one user, boiled down to what the invariants ask for. */
final class UserHistory {
  static final long NEVER = Long.MAX_VALUE;

  /** No sequence; 0 is one that a broken issuer may tell. */
  static final long NONE = Long.MIN_VALUE;

  private final String user;
  private long toldSequence = NONE;
  private long otherSequence = NONE;
  private long firstPossible = NEVER;
  private long firstTold = NEVER;
  private long lastRefusalInvoked = Long.MIN_VALUE;

  UserHistory(String user) {
    this.user = user;
  }

  void add(Invocation invocation) {
    switch (invocation.result()) {
      case Ok ok -> {
        mayHaveBeenAccepted(invocation);
        told(ok.sequence(), invocation.completed());
      }
      case Refused refused -> {
        if (!mayBeSaidToHolder(refused.code())) {
          lastRefusalInvoked = Math.max(lastRefusalInvoked, invocation.invoked());
        }
      }
      case Invocation.Unknown _ -> mayHaveBeenAccepted(invocation);
    }
  }

  String user() {
    return user;
  }

  /** The sequence this user was told; {@link #NONE} when none. */
  long toldSequence() {
    return toldSequence;
  }

  /** Another sequence this user was told too; {@link #NONE} when none. */
  long otherSequence() {
    return otherSequence;
  }

  /** The first moment at which this user can have been accepted; {@link #NEVER} when at none. */
  long firstPossible() {
    return firstPossible;
  }

  /** When this user first knew; {@link #NEVER} when never. */
  long firstTold() {
    return firstTold;
  }

  /** Whether the campaign said no to this user after this user had been told yes. */
  boolean refusedAfterTold() {
    return firstTold < lastRefusalInvoked;
  }

  private void mayHaveBeenAccepted(Invocation invocation) {
    firstPossible = Math.min(firstPossible, invocation.invoked());
  }

  private void told(long sequence, long completed) {
    firstTold = Math.min(firstTold, completed);
    if (toldSequence == NONE) {
      toldSequence = sequence;
    } else if (toldSequence != sequence) {
      otherSequence = sequence;
    }
  }

  /** A 429 or a 503 decides nothing; the campaign's own no must not reach a holder. */
  private static boolean mayBeSaidToHolder(String code) {
    return switch (code) {
      case "SOLD_OUT", "CLOSED", "PAUSED", "NOT_OPEN" -> false;
      default -> true;
    };
  }
}
