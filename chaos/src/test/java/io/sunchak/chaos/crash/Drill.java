package io.sunchak.chaos.crash;

/** What the server is brought to do so that it comes to a step. */
enum Drill {
  /** Users press, and their reservations are drained. */
  ISSUE,
  /** The same with users whom the ledger refuses. */
  REFUSE,
  /** Redis loses a campaign's facts while reservations wait for the ledger. */
  RESYNC,
  /** An administrator compares Redis and the ledger. */
  RECONCILE,
  /** An administrator makes failures coupons. */
  REPLAY;

  /** So many reservations are drained before each drill. */
  static final int DRAINED = 3;
}
