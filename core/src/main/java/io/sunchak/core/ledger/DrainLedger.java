package io.sunchak.core.ledger;

import io.sunchak.core.CampaignId;
import io.sunchak.core.Reservation;
import java.util.List;

/**
 * Where the drain writes. Thread-safe, blocking; each call is one transaction that moves the cursor
 * first (compare and set on cursor and epoch) and then writes, so that a batch is never written
 * twice, however many nodes try and however often.
 */
public interface DrainLedger {

  /**
   * Writes {@code batch}, which must be exactly {@code cursor+1 …} of {@code epoch}.
   *
   * @return false if cursor or epoch have changed; nothing was written
   * @throws LedgerException.Drift if a number or user is there already
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
