package io.sunchak.core.testing;

import io.sunchak.core.Campaign;
import io.sunchak.core.CampaignId;
import io.sunchak.core.Coupon;
import io.sunchak.core.CouponIssuer;
import io.sunchak.core.ledger.CouponLedger;
import io.sunchak.judge.Held;
import java.util.List;

/**
 * Where a way of issuing is tried: an issuer, the ledger behind it, and an operator's hand. Its
 * serving loop and drain are at work. Thread-safe; every method that waits is bounded in time and
 * then throws.
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
  record Stored(Campaign campaign, List<Coupon> rows, List<CouponLedger.Failure> failures) {
    /** The coupons, as the judge takes them. */
    public List<Held> heldByRows() {
      return rows.stream().map(row -> new Held(row.user(), row.sequence())).toList();
    }

    /** The failures, as the judge takes them. */
    public List<Held> heldByFailures() {
      return failures.stream().map(one -> new Held(one.user(), one.sequence())).toList();
    }
  }
}
