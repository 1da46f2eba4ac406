package io.sunchak.admission.issue;

/** Where a campaign's gate on this node stands. */
sealed interface Gate {
  /** Nobody has looked yet: requests wait for the serving loop. */
  record Unknown() implements Gate {}

  /** Requests reach the script. */
  record Open() implements Gate {}

  /** Requests are refused until the serving loop has looked again. */
  record Shut() implements Gate {}

  /**
   * The ledger has no such campaign.
   *
   * @param until which {@link System#nanoTime} that may be repeated
   */
  record Absent(long until) implements Gate {}

  /** The lane is given up; it does not move any more. */
  record Retired() implements Gate {}
}
