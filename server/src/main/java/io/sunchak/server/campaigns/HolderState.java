package io.sunchak.server.campaigns;

import io.sunchak.core.ledger.CouponLedger.Failure;

/** The state of a user's number; the words that users and operators see. */
public enum HolderState {
  /** Accepted and not in the ledger yet. */
  ACCEPTED,
  /** A row of the ledger. */
  ISSUED,
  /** The ledger has refused it so far; the promise still holds. */
  FAILED,
  /** An operator has discarded it. */
  DISCARDED;

  /** The state of a failure. A void number has no user. */
  public static HolderState of(Failure kept) {
    return kept.state().equals("DISCARDED") ? DISCARDED : FAILED;
  }

  /** What a user sees: a failure is shown as accepted, because the promise holds. */
  public String toHolder() {
    return this == FAILED ? ACCEPTED.name() : name();
  }

  public String toOperator() {
    return name();
  }
}
