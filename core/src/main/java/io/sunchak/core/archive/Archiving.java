package io.sunchak.core.archive;

import io.sunchak.core.Campaign;
import io.sunchak.core.CampaignId;
import io.sunchak.core.CampaignState;
import io.sunchak.core.gate.CheckRequests;
import io.sunchak.core.ledger.CampaignLedger;
import io.sunchak.core.ledger.LedgerHead;
import io.sunchak.core.log.CampaignKeyspace;
import io.sunchak.core.log.CampaignKeyspace.Archived;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Archives a campaign, in two steps: Redis, by one script that checks that nothing can be lost;
 * then the ledger. If a node ends between them, any node's check of the campaign makes the second
 * step, and so does a repetition. Each step may be repeated.
 *
 * <p>Thread-safe, blocking. Throws {@link io.sunchak.core.ledger.LedgerException} or {@link
 * io.sunchak.core.log.LogException} when an engine fails: a repetition finds out what was done.
 */
public final class Archiving {
  private final CampaignLedger campaigns;
  private final CampaignKeyspace keyspace;
  private final CheckRequests checks;

  /**
   * Works on these ports.
   *
   * @param campaigns on behalf of whoever wants the campaign archived
   * @param checks told of what was archived, and of what disagrees
   */
  public Archiving(CampaignLedger campaigns, CampaignKeyspace keyspace, CheckRequests checks) {
    this.campaigns = campaigns;
    this.keyspace = keyspace;
    this.checks = checks;
  }

  /** The outcome. */
  public sealed interface Result {}

  /** It is archived, now or since an earlier call. */
  public record Done(Campaign campaign) implements Result {}

  /** The ledger has no such campaign. */
  public record NotFound() implements Result {}

  /** The campaign may still accept somebody; nothing was changed. */
  public record NotClosed() implements Result {}

  /**
   * The ledger lacks reservations of the campaign, or keeps failures that nobody has settled;
   * nothing was changed.
   */
  public record NotSettled() implements Result {}

  /** Redis and the ledger do not agree now, which is being repaired; nothing was changed. */
  public record Rebuilding() implements Result {}

  /** Archives the campaign, or completes what was begun. */
  public Result archive(CampaignId campaign) {
    Optional<LedgerHead> head = campaigns.head(campaign);
    if (head.isEmpty()) {
      return new NotFound();
    }
    if (head.get().campaign().state() == CampaignState.ARCHIVED) {
      keyspace.markArchived(campaign);
      return new Done(head.get().campaign());
    }
    OptionalLong settled = campaigns.settled(campaign);
    if (settled.isEmpty()) {
      return keyspace.isArchived(campaign) ? marked(campaign) : new NotSettled();
    }
    if (!Objects.equals(head.get().witness(), head.get().last())) {
      // A node has seen a number given that the ledger lacks: it is in the log, or Redis lost it.
      checks.checkNow(campaign, null);
      return new NotSettled();
    }
    return archive(head.get(), settled.getAsLong());
  }

  private Result archive(LedgerHead head, long settled) {
    CampaignId campaign = head.campaign().id();
    Archived said =
        keyspace.archive(
            head.ledgerId(), head.epoch(), head.campaign().version(), settled, campaign);
    return switch (said) {
      case ARCHIVED -> marked(campaign);
      case NOT_CLOSED -> new NotClosed();
      case UNDRAINED -> new NotSettled();
      case UNINITIALIZED, EPOCH, REBUILDING, NEWER, ROLLED_BACK -> {
        checks.checkNow(campaign, null);
        yield new Rebuilding();
      }
    };
  }

  private Result marked(CampaignId campaign) {
    Optional<Campaign> stored = campaigns.archive(campaign).or(() -> campaigns.find(campaign));
    checks.checkNow(campaign, null);
    return stored.<Result>map(Done::new).orElseGet(NotFound::new);
  }
}
