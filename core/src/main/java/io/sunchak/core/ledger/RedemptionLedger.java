package io.sunchak.core.ledger;

import io.sunchak.core.CampaignId;
import io.sunchak.core.CodePlace;
import io.sunchak.core.Coupon;
import io.sunchak.core.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What happens to coupons after their issue: each is redeemed at most once at a time, by one order;
 * a redemption can be cancelled, and a coupon revoked for good. Acts are only added; the coupons'
 * rows stay as they were issued. All times are the ledger's.
 *
 * <p>Each act is one statement and is audited by it. The ledger's keys decide between acts at the
 * same time, on whatever nodes. Thread-safe, blocking; throws {@link LedgerException} when it
 * fails: the act may then have been made, and a retry is safe.
 */
public interface RedemptionLedger {

  /** Names a coupon. */
  sealed interface Named {
    /** By its code. Only campaigns with codes have such coupons. */
    record ByCode(CodePlace place) implements Named {}

    /** By its holder. */
    record ByUser(CampaignId campaign, UserId user) implements Named {}
  }

  /** What can be done with a coupon; derived from its acts, its validity and the ledger's clock. */
  enum State {
    ISSUED,
    REDEEMED,
    EXPIRED,
    REVOKED
  }

  /**
   * A coupon with what followed its issue.
   *
   * @param code null if the campaign has no codes
   * @param validFrom null: from the issue on
   * @param validUntil of this coupon, exclusive; null: for ever
   * @param redemption by which it is redeemed; else null
   * @param revoked since when and why it is revoked; else null
   */
  record Status(
      Coupon coupon,
      @Nullable CodePlace code,
      @Nullable Instant validFrom,
      @Nullable Instant validUntil,
      State state,
      @Nullable Redemption redemption,
      @Nullable Revoked revoked) {}

  /** Which redemption: the {@code act}-th act of this coupon, counted from 1. */
  record RedemptionId(CampaignId campaign, long sequence, int act) {
    /** As callers send it back. */
    public String text() {
      return campaign + ":" + sequence + ":" + act;
    }
  }

  /** A redemption. */
  record Redemption(RedemptionId id, String user, String orderId, Instant at) {}

  /** The outcome of {@link #redeem}. */
  sealed interface Redeem {}

  /**
   * The coupon is this order's.
   *
   * @param repeated whether it was so before this call
   */
  record Redeemed(Redemption redemption, boolean repeated) implements Redeem {}

  /** This order's redemption was cancelled: a retry that comes late must not redeem again. */
  record OrderCancelled() implements Redeem {}

  /** The coupon is not valid before {@code from}. */
  record NotYetValid(Instant from) implements Redeem {}

  /** The coupon was valid until {@code at}. */
  record Expired(Instant at) implements Redeem {}

  /** Another order has redeemed the coupon. */
  record TakenByOther(Instant at) implements Redeem, Revoke {}

  /** No such coupon is in the ledger. */
  record NoCoupon() implements Redeem, Revoke {}

  /** The outcome of {@link #revoke}. */
  sealed interface Revoke {}

  /** The coupon is revoked, by this call or before, with the first reason. */
  record Revoked(Instant at, String reason) implements Redeem, Revoke {}

  /** The outcome of {@link #cancel}. */
  sealed interface Cancel {}

  /** The redemption is cancelled, by this call or before. */
  record Cancelled(Redemption redemption, Instant at) implements Cancel {}

  /** There is no such redemption. */
  record NoRedemption() implements Cancel {}

  /**
   * Redeems a coupon for an order. The same order again gets the same answer.
   *
   * @param orderId of {@link UserId}'s form
   */
  Redeem redeem(Named coupon, String orderId, String actor);

  /** Frees the coupon of this redemption; the same again gets the same answer. */
  Cancel cancel(RedemptionId redemption, String actor);

  /** Ends a coupon that is not redeemed, for good. */
  Revoke revoke(CampaignId campaign, long sequence, String reason, String actor);

  Optional<Status> find(CampaignId campaign, String user);

  /** The coupon that a code names. */
  Optional<Status> find(CodePlace code);

  /** The campaign's part of its coupons' {@link CodePlace}s; empty if they have no codes. */
  OptionalLong codeSpace(CampaignId campaign);

  /** The coupons with a sequence above {@code after}, ascending. */
  List<Status> page(CampaignId campaign, long after, int limit);
}
