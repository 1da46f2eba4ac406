package io.sunchak.server.campaigns;

import io.sunchak.core.Campaign;
import io.sunchak.core.CampaignId;
import io.sunchak.core.ledger.CampaignLedger;
import io.sunchak.core.ledger.CouponLedger;
import io.sunchak.core.log.CampaignKeyspace;
import io.sunchak.core.log.LogException;
import java.util.Optional;

/**
 * Reads one campaign for the handlers. Thread-safe, blocking; throws {@link
 * io.sunchak.core.ledger.LedgerException} while the ledger cannot be read.
 */
public final class CampaignQueries {
  private final CampaignLedger campaigns;
  private final CouponLedger coupons;
  private final CampaignKeyspace keyspace;

  public CampaignQueries(
      CampaignLedger campaigns, CouponLedger coupons, CampaignKeyspace keyspace) {
    this.campaigns = campaigns;
    this.coupons = coupons;
    this.keyspace = keyspace;
  }

  /**
   * The campaign in the ledger.
   *
   * @throws NoSuchCampaignException when there is none
   */
  public Campaign get(CampaignId id) {
    return campaigns.find(id).orElseThrow(() -> new NoSuchCampaignException(id));
  }

  /** How many coupons were given, by Redis, or by the ledger's cursor if Redis cannot be asked. */
  public long issued(CampaignId id) {
    try {
      Optional<CampaignKeyspace.Facts> facts = keyspace.facts(id);
      if (facts.isPresent()) {
        return facts.get().sequence();
      }
    } catch (LogException away) {
      // The ledger's number may be older.
    }
    return coupons.counts(id).cursor();
  }
}
