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
 * The coupons as the ledger keeps them, to read. Thread-safe, blocking; throws {@link
 * LedgerException} when it fails.
 */
public interface CouponLedger {
  Optional<Coupon> find(CampaignId campaign, String user);

  /** The failure that keeps this user's reservation, if there is one. */
  Optional<Failure> findFailure(CampaignId campaign, String user);

  /** In order of sequence, those above {@code after}. */
  List<Coupon> page(CampaignId campaign, long after, int limit);

  /** Of {@code asked} (user and sequence), those that are rows: committed and readable. */
  Set<Holding> committed(CampaignId campaign, Collection<Holding> asked);

  /** Rows, failures, and the cursor, as one consistent count. */
  Counts counts(CampaignId campaign);

  /**
   * How much a campaign has in the ledger.
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
      String state) {}
}
