package io.sunchak.server.campaigns;

import io.sunchak.core.Campaign;
import io.sunchak.core.CampaignId;
import io.sunchak.core.CampaignState;
import io.sunchak.core.Codes;
import io.sunchak.core.Eligibility;
import io.sunchak.core.Stock;
import io.sunchak.core.Validity;
import io.sunchak.core.ledger.AuditLedger;
import io.sunchak.core.ledger.AuditLedger.Act;
import io.sunchak.core.ledger.AuditLedger.Action;
import io.sunchak.core.ledger.CampaignLedger;
import io.sunchak.core.ledger.LedgerHead;
import io.sunchak.core.ledger.Progress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The campaign ledger on behalf of an actor, an operator or the server itself: each change writes a
 * line into the audit in the same transaction. A change that is undone writes a second one.
 */
public final class AuditedCampaigns implements CampaignLedger {
  /** The actor of changes that no operator asked for: undone, or taken over from Redis. */
  public static final String SERVER = "sunchak";

  /** The actor of what is archived because its time has come; no token's subject has a space. */
  public static final String CLOCK = "sunchak by the clock";

  private final CampaignLedger campaigns;
  private final AuditLedger audits;
  private final String actor;

  /**
   * The campaign ledger on behalf of {@code actor}.
   *
   * @param actor for the audit
   */
  public AuditedCampaigns(CampaignLedger campaigns, AuditLedger audits, String actor) {
    this.campaigns = campaigns;
    this.audits = audits;
    this.actor = actor;
  }

  private record Changed(Optional<Campaign> before, Optional<Campaign> after) {}

  @Override
  public boolean create(Campaign campaign) {
    return audits.recorded(
        () -> campaigns.create(campaign),
        made -> made ? act(Action.CAMPAIGN_CREATED, campaign, described(campaign)) : null);
  }

  @Override
  public Optional<Campaign> change(long expectedVersion, Campaign changed) {
    return audits
        .recorded(
            () -> {
              Optional<Campaign> before = campaigns.find(changed.id());
              return new Changed(before, campaigns.change(expectedVersion, changed));
            },
            this::act)
        .after();
  }

  @Override
  public OptionalLong settled(CampaignId id) {
    return campaigns.settled(id);
  }

  @Override
  public Optional<Campaign> archive(CampaignId id) {
    return audits
        .recorded(() -> new Changed(campaigns.find(id), campaigns.archive(id)), this::act)
        .after();
  }

  private @Nullable Act act(Changed done) {
    if (done.before().isEmpty() || done.after().isEmpty()) {
      return null;
    }
    Campaign before = done.before().get();
    Campaign after = done.after().get();
    return act(action(before.state(), after.state()), after, difference(before, after));
  }

  private Act act(Action action, Campaign campaign, String detail) {
    return new Act(actor, action, campaign.id(), detail);
  }

  private static Action action(CampaignState before, CampaignState after) {
    if (before == after) {
      return Action.CAMPAIGN_CHANGED;
    }
    return switch (after) {
      case ACTIVE -> Action.CAMPAIGN_RESUMED;
      case PAUSED -> Action.CAMPAIGN_PAUSED;
      case CLOSED -> Action.CAMPAIGN_CLOSED;
      case ARCHIVED -> Action.CAMPAIGN_ARCHIVED;
    };
  }

  private static String described(Campaign campaign) {
    String offer =
        "%s, totalStock %s, %s to %s"
            .formatted(
                campaign.name(),
                total(campaign.stock()),
                campaign.window().opensAt(),
                campaign.window().closesAt());
    List<String> parts = new ArrayList<>(List.of(offer));
    if (campaign.codes() != Codes.NONE) {
      parts.add("codes " + campaign.codes());
    }
    if (!campaign.validity().equals(Validity.ALWAYS)) {
      parts.add("coupons valid " + campaign.validity().text());
    }
    if (campaign.eligibility() != null) {
      parts.add("eligibility " + text(campaign.eligibility()));
    }
    return String.join(", ", parts);
  }

  private static String difference(Campaign before, Campaign after) {
    List<String> parts = new ArrayList<>();
    differ(parts, "name", before.name(), after.name());
    differ(parts, "totalStock", total(before.stock()), total(after.stock()));
    differ(parts, "opensAt", before.window().opensAt(), after.window().opensAt());
    differ(parts, "closesAt", before.window().closesAt(), after.window().closesAt());
    differ(parts, "state", before.state(), after.state());
    differ(parts, "codes", before.codes(), after.codes());
    differ(parts, "coupons valid", before.validity().text(), after.validity().text());
    differ(parts, "eligibility", text(before.eligibility()), text(after.eligibility()));
    return parts.isEmpty() ? "nothing" : String.join(", ", parts);
  }

  private static void differ(List<String> parts, String what, Object before, Object after) {
    if (!before.equals(after)) {
      parts.add(what + " " + before + " → " + after);
    }
  }

  private static String text(@Nullable Eligibility eligibility) {
    return eligibility == null ? "all" : eligibility.text();
  }

  private static String total(Stock stock) {
    return stock.isUnlimited() ? "unlimited" : String.valueOf(stock.total());
  }

  @Override
  public Optional<Campaign> find(CampaignId id) {
    return campaigns.find(id);
  }

  @Override
  public List<Campaign> page(@Nullable CampaignId after, int limit) {
    return campaigns.page(after, limit);
  }

  @Override
  public List<Progress> progress(@Nullable CampaignId after, int limit) {
    return campaigns.progress(after, limit);
  }

  @Override
  public List<Progress> living(@Nullable CampaignId after, int limit) {
    return campaigns.living(after, limit);
  }

  @Override
  public List<Campaign> due(Instant end, @Nullable Campaign after, int limit) {
    return campaigns.due(end, after, limit);
  }

  @Override
  public void end(Collection<Campaign> over) {
    campaigns.end(over);
  }

  @Override
  public Set<CampaignId> known(Collection<CampaignId> ids) {
    return campaigns.known(ids);
  }

  @Override
  public Optional<LedgerHead> head(CampaignId id) {
    return campaigns.head(id);
  }

  @Override
  public void settle(CampaignId id, long version) {
    campaigns.settle(id, version);
  }
}
