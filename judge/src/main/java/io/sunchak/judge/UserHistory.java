package io.sunchak.judge;

import io.sunchak.judge.Invocation.Ok;
import io.sunchak.judge.Invocation.Refused;

/** All requests of one user, reduced to the facts that the invariants need. */
final class UserHistory {
  static final long NEVER = Long.MAX_VALUE;

  /** Means no sequence. It is not 0, because a broken issuer may answer 0. */
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

  /** The sequence that this user received; {@link #NONE} if none. */
  long toldSequence() {
    return toldSequence;
  }

  /** A second, different sequence that this user received; {@link #NONE} if none. */
  long otherSequence() {
    return otherSequence;
  }

  /** The earliest time at which this user can have been accepted; {@link #NEVER} if at none. */
  long firstPossible() {
    return firstPossible;
  }

  /** When this user first received a sequence; {@link #NEVER} if never. */
  long firstTold() {
    return firstTold;
  }

  /** Whether the campaign refused this user after it had accepted this user. */
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

  /** A 429 or a 503 decides nothing; a holder must not be refused by the campaign itself. */
  private static boolean mayBeSaidToHolder(String code) {
    return switch (code) {
      case "SOLD_OUT", "CLOSED", "PAUSED", "NOT_OPEN" -> false;
      default -> true;
    };
  }
}
