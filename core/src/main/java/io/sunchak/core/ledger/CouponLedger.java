package io.sunchak.core.ledger;

import io.sunchak.core.CampaignId;
import io.sunchak.core.Coupon;
import io.sunchak.core.Holding;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the coupons in the ledger. Thread-safe, blocking; throws {@link LedgerException} when it
 * fails.
 */
public interface CouponLedger {
  Optional<Coupon> find(CampaignId campaign, String user);

  /** The failure that keeps this user's reservation, if there is one. */
  Optional<Failure> findFailure(CampaignId campaign, String user);

  /** The coupons with a sequence above {@code after}, ascending. */
  List<Coupon> page(CampaignId campaign, long after, int limit);

  /** Those of {@code asked} (user and sequence) that are committed rows. */
  Set<Holding> committed(CampaignId campaign, Collection<Holding> asked);

  /** Counts rows and failures and reads the cursor, as one consistent snapshot. */
  Counts counts(CampaignId campaign);

  /**
   * What the ledger holds of a campaign.
   *
   * @param cursor the last sequence moved from the log
   */
  record Counts(long rows, long failures, long cursor) {}

  /**
   * A reservation that the drain could not write.
   *
   * @param state {@code OPEN}, {@code DISCARDED} or {@code VOID}
   */
  record Failure(
      CampaignId campaign,
      long sequence,
      String user,
      Instant acceptedAt,
      String reason,
      String state) {
    /** Whether no holder of the number is known: {@code user} is no user then. */
    public boolean isVoid() {
      return state.equals("VOID");
    }
  }
}
