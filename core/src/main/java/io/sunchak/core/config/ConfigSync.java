package io.sunchak.core.config;

import io.sunchak.core.Campaign;
import io.sunchak.core.CampaignId;
import io.sunchak.core.IssueWindow;
import io.sunchak.core.Stock;
import io.sunchak.core.ledger.CampaignLedger;
import io.sunchak.core.ledger.LedgerHead;
import io.sunchak.core.log.CampaignKeyspace;
import io.sunchak.core.log.CampaignKeyspace.Configured;
import io.sunchak.core.log.Disagreement;
import java.util.Optional;

/**
 * Steps 2 and 3 of a config change, which every node repeats when the versions of Redis and ledger
 * differ. Thread-safe; throws what the ports throw.
 */
public final class ConfigSync {
  private final CampaignLedger campaigns;
  private final CampaignKeyspace keyspace;

  /**
   * Steps between these two.
   *
   * @param campaigns what is changed here is nobody's wish, so its audit must not name an operator
   */
  public ConfigSync(CampaignLedger campaigns, CampaignKeyspace keyspace) {
    this.campaigns = campaigns;
    this.keyspace = keyspace;
  }

  /** What came of {@link #spread}. */
  public sealed interface Spread {
    /** Ledger and Redis hold this: every later reservation is decided by it. */
    record InForce(Campaign config) implements Spread {}

    /** Another change came between: the ledger is to be read again. */
    record Overtaken() implements Spread {}

    /** Redis holds a newer version than was read: another change came, or the ledger went back. */
    record Newer() implements Spread {}

    /** Redis took nothing: its keys are not this ledger's or not this epoch's. */
    record Disagrees(Disagreement why) implements Spread {}
  }

  /**
   * Gives Redis the head's config. Where what was given forbids a part of it, the ledger learns
   * what Redis holds, under a further version.
   */
  public Spread spread(LedgerHead head) {
    Campaign config = head.campaign();
    return switch (keyspace.configure(head.ledgerId(), head.epoch(), config)) {
      case Configured.Applied held -> agreed(head, held(config, held));
      case Configured.Newer _ -> new Spread.Newer();
      case Configured.Disagrees d -> new Spread.Disagrees(d.why());
    };
  }

  private Spread agreed(LedgerHead head, Campaign held) {
    if (held.equals(head.campaign())) {
      return new Spread.InForce(held);
    }
    return campaigns
        .change(held.version(), held)
        .map(learned -> spread(head.under(learned)))
        .orElseGet(Spread.Overtaken::new);
  }

  /** Redis knows milliseconds: what is finer in the ledger is no difference. */
  private static Campaign held(Campaign config, Configured.Applied held) {
    IssueWindow window = config.window();
    boolean same = held.opensAt().toEpochMilli() == window.opensAt().toEpochMilli();
    return config
        .withStock(held.stock())
        .withWindow(same ? window : new IssueWindow(held.opensAt(), window.closesAt()));
  }

  /** Lowers the ledger's max sequence to what is in force. */
  public void settle(Campaign inForce) {
    campaigns.settle(inForce.id(), inForce.version());
  }

  /**
   * {@code config}, or, where its stock is lower than {@code sequence}, a further version with just
   * enough stock: what was given cannot be taken back. The version that is then the ledger's when
   * another change came between.
   */
  public Campaign raisedTo(long sequence, Campaign config) {
    if (sequence == 0 || config.stock().covers(sequence)) {
      return config;
    }
    CampaignId id = config.id();
    Optional<Campaign> stored =
        campaigns.change(config.version(), config.withStock(Stock.of(sequence)));
    return stored.or(() -> campaigns.find(id)).orElse(config);
  }
}
