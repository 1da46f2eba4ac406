package io.sunchak.core.config;

import io.sunchak.core.Campaign;
import io.sunchak.core.CampaignId;
import io.sunchak.core.CampaignState;
import io.sunchak.core.config.ConfigSync.Spread;
import io.sunchak.core.gate.CheckRequests;
import io.sunchak.core.ledger.CampaignLedger;
import io.sunchak.core.ledger.LedgerException;
import io.sunchak.core.ledger.LedgerHead;
import io.sunchak.core.log.CampaignKeyspace;
import io.sunchak.core.log.CampaignKeyspace.Facts;
import io.sunchak.core.log.Disagreement;
import io.sunchak.core.log.LogException;
import java.util.Optional;

/**
 * An operator's change of a campaign, in three steps: the ledger with a new version and the wider
 * max sequence, Redis, the ledger's max sequence. If a node crashes between them, the serving loop
 * of any node completes the change.
 *
 * <p>A change that only widens may reach Redis later. A change that narrows is reported as made
 * only once Redis holds it: Redis is asked before the ledger is written, and a narrowing that did
 * not reach Redis is undone under a further version. ADR 0012 discusses each change and each point
 * of failure.
 *
 * <p>Thread-safe, blocking. Throws {@link LedgerException} when the ledger cannot be read; nothing
 * was changed then.
 */
public final class ConfigChange {
  private static final int TRIES = 10;

  private final Ports ports;
  private final ConfigSync configs;
  private final ConfigUndo undo;

  /**
   * The ports that a change uses.
   *
   * @param operators the ledger on behalf of the operator who wants the change
   * @param own the same ledger on behalf of the server: for changes that are undone or taken over
   *     from Redis
   */
  public record Ports(
      CampaignLedger operators,
      CampaignLedger own,
      CampaignKeyspace keyspace,
      CheckRequests checks) {}

  public ConfigChange(Ports ports) {
    this.ports = ports;
    this.configs = new ConfigSync(ports.own(), ports.keyspace());
    this.undo = new ConfigUndo(ports.own());
  }

  /** The outcome of a change. */
  public sealed interface Result {}

  /**
   * Ledger and Redis hold it, so it applies to every later reservation. If more coupons than the
   * new stock were given meanwhile, the stock is what was given.
   */
  public record Changed(Campaign campaign) implements Result {}

  /** The campaign is so already and Redis holds it: no new version, no line in the audit. */
  public record Unchanged(Campaign campaign) implements Result {}

  /**
   * The ledger holds it, and it only widens; the serving loop gives it to Redis as soon as
   * possible.
   */
  public record Pending(Campaign campaign) implements Result {}

  /** The version is no longer the expected one; nothing was changed. */
  public record Stale() implements Result {}

  /** The stock is lower than {@code sequence}, which was given already; nothing was changed. */
  public record BelowSequence(long sequence) implements Result {}

  /** A coupon was given already, and from then on this field is fixed; nothing was changed. */
  public record AlreadyOpened() implements Result {}

  /**
   * Coupons were given already, and somebody could redeem one for a shorter time than was told;
   * nothing was changed.
   */
  public record ShortensValidity() implements Result {}

  /** The campaign was closed, which is final; nothing was changed. */
  public record Closed() implements Result {}

  /** The campaign is archived, and nothing of it changes any more; nothing was changed. */
  public record Archived() implements Result {}

  /** The ledger has no such campaign. */
  public record NotFound() implements Result {}

  /** The change needs Redis, which cannot be reached; nothing was changed. */
  public record RedisAway() implements Result {}

  /** A resync is under way; nothing was changed. */
  public record Rebuilding() implements Result {}

  /**
   * Redis or the ledger failed in the middle of the change; the serving loop completes or undoes
   * it.
   */
  public record Unknown() implements Result {}

  /** Changes the campaign with {@code changed}'s id from {@code expectedVersion}. */
  public Result change(long expectedVersion, Campaign changed) {
    Optional<Campaign> found = ports.operators().find(changed.id());
    if (found.isEmpty()) {
      return new NotFound();
    }
    Campaign before = found.get();
    if (before.state() == CampaignState.ARCHIVED) {
      return new Archived();
    }
    if (before.version() != expectedVersion) {
      return new Stale();
    }
    ConfigRules rules = new ConfigRules(before, changed);
    if (rules.changesNothing()) {
      return confirmed(before);
    }
    return rules
        .refusedWhenClosed()
        .or(() -> refusedByRedis(rules))
        .orElseGet(() -> make(expectedVersion, rules));
  }

  /** Runs before the ledger is written, so that a refused change leaves the version as it was. */
  private Optional<Result> refusedByRedis(ConfigRules rules) {
    if (!rules.asksRedis()) {
      return Optional.empty();
    }
    CampaignId campaign = rules.before().id();
    try {
      Optional<Facts> facts = ports.keyspace().facts(campaign);
      if (facts.isPresent()) {
        return rules.refusedAfter(facts.get().sequence());
      }
    } catch (LogException away) {
      return Optional.of(new RedisAway());
    }
    return Optional.of(rebuilding(campaign));
  }

  private Result rebuilding(CampaignId campaign) {
    ports.checks().checkNow(campaign, null);
    return new Rebuilding();
  }

  /** The ledger's version may not have reached Redis yet. */
  private Result confirmed(Campaign standing) {
    try {
      return switch (spread(standing.id())) {
        case Spread.InForce now -> new Unchanged(settled(now.config()));
        default -> rebuilding(standing.id());
      };
    } catch (LogException away) {
      return new RedisAway();
    }
  }

  private Result make(long expectedVersion, ConfigRules rules) {
    Optional<Campaign> stored;
    try {
      stored = ports.operators().change(expectedVersion, rules.after());
    } catch (LedgerException.Permanent defect) {
      throw defect;
    } catch (LedgerException unanswered) {
      ports.checks().checkNow(rules.before().id(), null);
      return new Unknown();
    }
    return stored.map(made -> inForce(made, rules)).orElseGet(Stale::new);
  }

  private Result inForce(Campaign stored, ConfigRules rules) {
    try {
      return switch (spread(stored.id())) {
        case Spread.InForce now when rules.openingWasKept(now.config()) ->
            withoutIt(stored, rules, new AlreadyOpened());
        case Spread.InForce now -> new Changed(settled(now.config()));
        case Spread.Disagrees d when d.why() == Disagreement.ARCHIVED ->
            withoutIt(stored, rules, new Archived());
        default -> notInForce(stored, rules, new Rebuilding());
      };
    } catch (LogException | LedgerException unanswered) {
      return notInForce(stored, rules, new Unknown());
    }
  }

  /**
   * Another operator may change the campaign between two steps; that change is then based on this
   * one.
   */
  private Spread spread(CampaignId campaign) {
    Spread spread = new Spread.Overtaken();
    for (int i = 0; i < TRIES && !isSettled(spread); i++) {
      LedgerHead head = ports.own().head(campaign).orElseThrow(ConfigChange::vanished);
      spread = configs.spread(head);
    }
    return spread;
  }

  private static boolean isSettled(Spread spread) {
    return spread instanceof Spread.InForce || spread instanceof Spread.Disagrees;
  }

  /** max_seq may stay at the greater value for a while; the serving loop lowers it. */
  private Campaign settled(Campaign inForce) {
    try {
      configs.settle(inForce);
    } catch (LedgerException late) {
      ports.checks().checkNow(inForce.id(), null);
    }
    return inForce;
  }

  private Result notInForce(Campaign stored, ConfigRules rules, Result why) {
    if (rules.narrows()) {
      return withoutIt(stored, rules, why);
    }
    ports.checks().checkNow(stored.id(), null);
    return new Pending(stored);
  }

  private Result withoutIt(Campaign stored, ConfigRules rules, Result why) {
    boolean undone = undo.undo(stored, rules.before());
    ports.checks().checkNow(stored.id(), null);
    return undone ? why : new Unknown();
  }

  private static LedgerException vanished() {
    return new LedgerException("campaign vanished", null);
  }
}
