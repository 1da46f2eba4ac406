package io.sunchak.core.config;

import io.sunchak.core.Campaign;
import io.sunchak.core.CampaignId;
import io.sunchak.core.config.ConfigSync.Spread;
import io.sunchak.core.gate.CheckRequests;
import io.sunchak.core.ledger.CampaignLedger;
import io.sunchak.core.ledger.LedgerException;
import io.sunchak.core.ledger.LedgerHead;
import io.sunchak.core.log.CampaignKeyspace;
import io.sunchak.core.log.CampaignKeyspace.Facts;
import io.sunchak.core.log.LogException;
import java.util.Optional;

/**
 * An operator's change of a campaign's stock, window, state or name, in three steps: the ledger
 * with a new version and the wider max sequence, Redis, the ledger's max sequence. A crash between
 * them is mended by any node's serving loop.
 *
 * <p>What only widens may wait for Redis. What narrows is told as made only when Redis has it:
 * Redis is asked before the ledger is touched, and a narrowing that Redis did not take is undone
 * under a further version. ADR 0012 goes through every change and every moment.
 *
 * <p>Thread-safe, blocking. Throws {@link LedgerException} when the ledger cannot be read: nothing
 * was changed then.
 */
public final class ConfigChange {
  private static final int TRIES = 10;

  private final Ports ports;
  private final ConfigSync configs;
  private final ConfigUndo undo;

  /**
   * What a change is made with.
   *
   * @param operators the ledger in the hands of who wants the change
   * @param own the same ledger in the server's own hands: for what is undone, or learned from Redis
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

  /** What a change came to. */
  public sealed interface Result {}

  /**
   * Ledger and Redis hold it: every later reservation is decided by it. A stock that was meanwhile
   * given up to a higher number is that number.
   */
  public record Changed(Campaign campaign) implements Result {}

  /** It is so already, and Redis holds it: no version, no audit. */
  public record Unchanged(Campaign campaign) implements Result {}

  /**
   * The ledger holds it, and it only widens; Redis takes it as soon as it can, by the serving loop.
   */
  public record Pending(Campaign campaign) implements Result {}

  /** The version is not the expected one any more; nothing was changed. */
  public record Stale() implements Result {}

  /** The stock is lower than {@code sequence}, which was given already; nothing is changed. */
  public record BelowSequence(long sequence) implements Result {}

  /** A coupon is given, after which what was to be changed is fixed; nothing is changed. */
  public record AlreadyOpened() implements Result {}

  /** The campaign was closed, which is final; nothing was changed. */
  public record Closed() implements Result {}

  /** The ledger has no such campaign. */
  public record NotFound() implements Result {}

  /** Redis cannot be asked, and the change needs it; nothing was changed. */
  public record RedisAway() implements Result {}

  /** Redis and ledger are being brought into agreement; nothing is changed. */
  public record Rebuilding() implements Result {}

  /**
   * Redis or the ledger did not answer half-way: it is made whole or undone by the serving loop.
   */
  public record Unknown() implements Result {}

  /** Changes the campaign with {@code changed}'s id from {@code expectedVersion}. */
  public Result change(long expectedVersion, Campaign changed) {
    Optional<Campaign> found = ports.operators().find(changed.id());
    if (found.isEmpty()) {
      return new NotFound();
    }
    Campaign before = found.get();
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

  /** Before the ledger is touched, so that what is refused leaves the version as it was. */
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

  /** What stands in the ledger may not have reached Redis yet. */
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
        default -> notInForce(stored, rules, new Rebuilding());
      };
    } catch (LogException | LedgerException unanswered) {
      return notInForce(stored, rules, new Unknown());
    }
  }

  /** Another operator's change may come between at each step; it was then made from this one. */
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

  /** max_seq may stay the greater one for a while: the serving loop lowers it. */
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
