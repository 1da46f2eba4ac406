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
 * Steps 2 and 3 of a config change. Every node repeats them when the versions in Redis and in the
 * ledger differ. Thread-safe; throws what the ports throw.
 */
public final class ConfigSync {
  private final CampaignLedger campaigns;
  private final CampaignKeyspace keyspace;

  /**
   * Works on these two ports.
   *
   * @param campaigns on behalf of the server: no operator asked for these changes, so the audit
   *     must not name one
   */
  public ConfigSync(CampaignLedger campaigns, CampaignKeyspace keyspace) {
    this.campaigns = campaigns;
    this.keyspace = keyspace;
  }

  /** The outcome of {@link #spread}. */
  public sealed interface Spread {
    /** Ledger and Redis hold this config: it applies to every later reservation. */
    record InForce(Campaign config) implements Spread {}

    /** Another change came in between: the ledger must be read again. */
    record Overtaken() implements Spread {}

    /**
     * Redis holds a newer version than was read: another change was made, or the ledger was
     * restored from a backup.
     */
    record Newer() implements Spread {}

    /** Redis refused it: its keys belong to another ledger or another epoch. */
    record Disagrees(Disagreement why) implements Spread {}
  }

  /**
   * Redis holds a newer config than the ledger only if the ledger was restored from a backup that
   * is older than a change. The ledger takes it over under a further version, because it refuses
   * numbers above its stock, and those that were given under the newer config are promised.
   */
  public void recover(LedgerHead head) {
    Campaign config = head.campaign();
    keyspace
        .config(head.ledgerId(), config)
        .filter(held -> held.version() > config.version())
        .filter(held -> !held.withVersion(config.version()).equals(config))
        .ifPresent(held -> campaigns.change(config.version(), held));
  }

  /**
   * Writes the head's config into Redis. If coupons already given forbid a part of it, the config
   * that Redis holds instead is written into the ledger under a further version.
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

  /** Redis stores milliseconds; a finer time in the ledger is no difference. */
  private static Campaign held(Campaign config, Configured.Applied held) {
    IssueWindow window = config.window();
    boolean same = held.opensAt().toEpochMilli() == window.opensAt().toEpochMilli();
    return config
        .withStock(held.stock())
        .withWindow(same ? window : new IssueWindow(held.opensAt(), window.closesAt()));
  }

  /** Lowers the ledger's max sequence to the stock in force. */
  public void settle(Campaign inForce) {
    campaigns.settle(inForce.id(), inForce.version());
  }

  /**
   * Returns {@code config}, or, if its stock is lower than {@code sequence}, a further version with
   * just enough stock, because coupons that were given cannot be taken back. If another change came
   * in between, returns the ledger's version.
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
