package io.sunchak.core.testing;

/** What the in-memory ledger does with a second coupon of one user. */
public enum UserTwice {
  /** As a unique key does. */
  REFUSED,
  /** As without a unique key. */
  STORED,
  /** As {@code ON CONFLICT DO NOTHING} does, with a number that is there already, too. */
  SKIPPED
}
