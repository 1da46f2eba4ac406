package io.sunchak.core.gate;

import io.sunchak.core.CampaignId;
import io.sunchak.core.Eligibility;
import io.sunchak.core.Holding;
import org.jspecify.annotations.Nullable;

/**
 * The state of the ledger under which a node may reserve for a campaign.
 *
 * @param epoch the ledger's, read after the connection was established
 * @param version a config version that Redis is known to hold, or an older one
 * @param eligibility who may get a coupon, of {@code version}; null: every user. Redis accepts
 *     nobody under another one than it was told
 * @param witness the highest promise that the ledger knows; a node that knows a higher one of the
 *     same epoch keeps its own
 */
public record Lease(
    CampaignId campaign,
    String ledgerId,
    long epoch,
    long version,
    @Nullable Eligibility eligibility,
    @Nullable Holding witness) {

  /** A lease for a campaign of every user. */
  public Lease(
      CampaignId campaign, String ledgerId, long epoch, long version, @Nullable Holding witness) {
    this(campaign, ledgerId, epoch, version, null, witness);
  }

  /** The same with another witness. */
  public Lease with(@Nullable Holding other) {
    return new Lease(campaign, ledgerId, epoch, version, eligibility, other);
  }
}
