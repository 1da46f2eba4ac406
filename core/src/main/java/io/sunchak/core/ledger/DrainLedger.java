package io.sunchak.core.ledger;

import io.sunchak.core.CampaignId;
import io.sunchak.core.Reservation;
import java.time.Duration;
import java.util.List;

/**
 * Where the drain writes. Thread-safe, blocking; each write is one transaction that moves the
 * cursor first (compare and set on cursor and epoch) and then inserts, so that a batch is never
 * written twice, however many nodes try and however often.
 *
 * <p>A write also gives its node a turn: for so long the other nodes leave the campaign to it. That
 * only saves work. A turn keeps nobody from writing, and it ends by the ledger's clock when its
 * node does not write again.
 */
public interface DrainLedger {
  /** With so many rows in a batch accepting is busy, and rows may gather for longer. */
  int BUSY = 100;

  /**
   * A turn must outlast the time until its node writes again: a pause and a slow batch while
   * accepting is busy, else three short pauses, after which a node waits for news of its own users
   * alone.
   */
  static Duration turnAfter(int rows) {
    return Duration.ofMillis(rows >= BUSY ? 1_000 : 150);
  }

  /** How long another node's turn still lasts at most; zero or less if there is none. */
  Duration othersTurn(CampaignId campaign);

  /**
   * Writes {@code batch}, which must be exactly {@code cursor+1 …} of {@code epoch}.
   *
   * @return false if cursor or epoch have changed; nothing was written
   * @throws LedgerException.Duplicate if a number or user is there already
   * @throws LedgerException.Rejected if one of the rows can never be written
   * @throws LedgerException if it may work later
   */
  boolean append(CampaignId campaign, long epoch, long cursor, List<Reservation> batch);

  /**
   * Keeps {@code reservation}, number {@code cursor+1}, as a failure and moves the cursor past it.
   *
   * @param reason why it cannot be a coupon now, for the operator; cut to 1,000 characters
   * @return false if cursor or epoch have changed; nothing was written
   */
  boolean appendFailure(
      CampaignId campaign, long epoch, long cursor, Reservation reservation, String reason);
}
