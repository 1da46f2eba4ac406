package io.sunchak.core.testing;

import io.sunchak.core.Campaign;
import io.sunchak.core.CampaignId;
import io.sunchak.core.Coupon;
import io.sunchak.core.CouponIssuer;
import io.sunchak.core.ledger.CouponLedger;
import java.util.List;

/**
 * Where a way of issuing is tried: an issuer, the ledger behind it, and an operator's hand. Its
 * keeper and drain are at work. Thread-safe; every method that waits is bounded in time and then
 * throws.
 */
public interface IssueStage {
  CouponIssuer issuer();

  /** Creates the campaign; returns when it is served. */
  void create(Campaign campaign);

  /**
   * An operator's change of the campaign with {@code changed}'s id, from its current version.
   *
   * @return the stored campaign, once it is in force everywhere: local refusals included
   */
  Campaign change(Campaign changed);

  /** Waits until everything accepted has left the log, then tells what the ledger holds. */
  Stored drained(CampaignId campaign);

  /** I10: on what Redis and the ledger disagree, once drained; empty when they agree. */
  List<String> disagreements(CampaignId campaign);

  /** What the ledger holds of one campaign, all of it. */
  record Stored(Campaign campaign, List<Coupon> rows, List<CouponLedger.Failure> failures) {}
}
