package io.sunchak.server.campaigns;

import io.sunchak.core.ledger.CouponLedger.Failure;

/** How it stands with a user's number: the one source of the words, to users and operators. */
public enum HolderState {
  /** Promised, and not in the ledger yet. */
  ACCEPTED,
  /** A row. */
  ISSUED,
  /** The ledger refused it so far: still a promise. */
  FAILED,
  /** An operator gave it up. */
  DISCARDED;

  /** Of a kept reservation; a number that is void is nobody's. */
  public static HolderState of(Failure kept) {
    return kept.state().equals("DISCARDED") ? DISCARDED : FAILED;
  }

  /** A promise is a promise: how the ledger fares with it is no user's concern. */
  public String toHolder() {
    return this == FAILED ? ACCEPTED.name() : name();
  }

  public String toOperator() {
    return name();
  }
}
