package io.sunchak.core.drain;

import io.sunchak.core.log.Disagreement;
import java.time.Duration;

/** The result of one pass over a campaign's log. It decides what the loop does next. */
public sealed interface PassResult {
  /**
   * The cursor moved.
   *
   * @param rows coupons written
   * @param failures reservations kept as failures
   * @param more whether the log holds more, which would not fit into the batch; then the loop goes
   *     on at once
   */
  record Moved(int rows, int failures, boolean more) implements PassResult {
    /** How many reservations were drained. */
    int count() {
      return rows + failures;
    }
  }

  /** Everything in the log is in the ledger. */
  record Idle() implements PassResult {}

  /**
   * Another node or a resync was faster. The next pass begins at the head as it is then, after a
   * pause, since two nodes in turn would write batches that are half full.
   */
  record Overtaken() implements PassResult {}

  /**
   * The log holds reservations, and another node writes them.
   *
   * @param left when its turn ends unless it writes again
   */
  record OthersTurn(Duration left) implements PassResult {}

  /** The log does not continue the ledger. The serving loop was asked to check the campaign. */
  record Disagreed(Disagreement why) implements PassResult {}

  /** Redis or the ledger failed, perhaps for a short time; no reservation was dropped. */
  record Failed(RuntimeException error) implements PassResult {}

  /**
   * The drain has stopped: too many rows in a row were refused to keep them all as failures, or the
   * ledger lacks a table or a right. It is tried again after a longer pause.
   */
  record Stopped(String reason) implements PassResult {}

  /** There is nothing to drain: the ledger has no such campaign, or it is archived. */
  record Absent() implements PassResult {}
}
