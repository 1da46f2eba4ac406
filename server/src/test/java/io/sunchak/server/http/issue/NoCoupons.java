package io.sunchak.server.http.issue;

import io.sunchak.core.CampaignId;
import io.sunchak.core.Coupon;
import io.sunchak.core.Holding;
import io.sunchak.core.ledger.CouponLedger;
import io.sunchak.server.codes.CouponCodes;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** A ledger without a row. */
public final class NoCoupons implements CouponLedger {
  public static CommitWatch.Rows rows() {
    return rows(new NoCoupons());
  }

  /** The rows of this ledger, whose campaigns have no codes. */
  static CommitWatch.Rows rows(CouponLedger coupons) {
    return new CommitWatch.Rows(
        coupons, campaign -> OptionalLong.empty(), new CouponCodes(Map.of(), null));
  }

  @Override
  public Optional<Coupon> find(CampaignId campaign, String user) {
    return Optional.empty();
  }

  @Override
  public Optional<Failure> findFailure(CampaignId campaign, String user) {
    return Optional.empty();
  }

  @Override
  public List<Coupon> page(CampaignId campaign, long after, int limit) {
    return List.of();
  }

  @Override
  public Set<Holding> committed(CampaignId campaign, Collection<Holding> asked) {
    return Set.of();
  }

  @Override
  public Counts counts(CampaignId campaign) {
    return new Counts(0, 0, 0);
  }
}
