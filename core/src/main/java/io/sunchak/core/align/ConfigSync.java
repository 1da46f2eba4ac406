package io.sunchak.core.align;

import io.sunchak.core.Campaign;
import io.sunchak.core.CampaignId;
import io.sunchak.core.Stock;
import io.sunchak.core.ledger.CampaignLedger;
import io.sunchak.core.ledger.LedgerHead;
import io.sunchak.core.log.CampaignKeyspace;
import java.util.Optional;

/**
 * Steps 2 and 3 of a config change, which every node repeats when the versions of Redis and ledger
 * differ. Thread-safe; throws what the ports throw.
 */
final class ConfigSync {
  private final CampaignLedger campaigns;
  private final CampaignKeyspace keyspace;

  ConfigSync(CampaignLedger campaigns, CampaignKeyspace keyspace) {
    this.campaigns = campaigns;
    this.keyspace = keyspace;
  }

  /** Gives Redis the head's config; where Redis holds it, lowers the ledger's guard to it. */
  CampaignKeyspace.Configured apply(LedgerHead head) {
    Campaign config = head.campaign();
    CampaignKeyspace.Configured configured =
        keyspace.configure(head.ledgerId(), head.epoch(), config);
    if (configured instanceof CampaignKeyspace.Configured.Applied) {
      campaigns.settle(config.id(), config.version());
    }
    return configured;
  }

  /**
   * {@code config}, or, where its stock is lower than {@code sequence}, a further version with just
   * enough stock: what was given cannot be taken back. The version that is then the ledger's when
   * another change came between.
   */
  Campaign raisedTo(long sequence, Campaign config) {
    if (sequence == 0 || config.stock().covers(sequence)) {
      return config;
    }
    CampaignId id = config.id();
    Campaign raised =
        new Campaign(
            id,
            config.name(),
            Stock.of(sequence),
            config.window(),
            config.state(),
            config.version());
    Optional<Campaign> stored = campaigns.change(config.version(), raised);
    return stored.or(() -> campaigns.find(id)).orElse(config);
  }
}
