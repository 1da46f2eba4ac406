package io.sunchak.core.drain;

import io.sunchak.core.log.Disagreement;

/** What one pass over a campaign's log came to, and so what the loop does next. */
public sealed interface PassResult {
  /**
   * The cursor moved: go on, at once if the batch was full.
   *
   * @param rows coupons written
   * @param failures reservations kept as failures
   */
  record Moved(int rows, int failures) implements PassResult {
    /** How many reservations have left the log's undrained part. */
    public int count() {
      return rows + failures;
    }
  }

  /** The log holds nothing that the ledger lacks. */
  record Idle() implements PassResult {}

  /** Another node or a resync was quicker; the head was read again: go on at once. */
  record Overtaken() implements PassResult {}

  /** Redis and ledger do not join; the serving loop was told. */
  record Disagreed(Disagreement why) implements PassResult {}

  /** Redis or ledger failed in a way that may pass; nothing was dropped. */
  record Failed(RuntimeException error) implements PassResult {}

  /** The drain stands at a row that it may neither write nor keep as a failure: alarm. */
  record Stopped(String reason) implements PassResult {}

  /** The ledger does not know the campaign. */
  record Absent() implements PassResult {}
}
