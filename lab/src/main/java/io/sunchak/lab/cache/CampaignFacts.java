package io.sunchak.lab.cache;

import io.sunchak.core.Campaign;
import io.sunchak.core.IssueOutcome;
import java.time.Instant;
import java.util.Optional;

/**
 * What a check needs to know of a campaign. Facts are cached, never a verdict that depends on now.
 *
 * @param issued coupons in the ledger, as the last drain counted them: it may lag, and only grows
 */
public record CampaignFacts(Campaign campaign, long issued) {

  /** Whether the ledger holds the whole stock: then every coupon there is has its user. */
  public boolean isAllIssued() {
    return !campaign.stock().covers(issued + 1);
  }

  /** What state and window say at this moment; empty when they allow it. */
  public Optional<IssueOutcome> refusalAt(Instant now) {
    return switch (campaign.state()) {
      case PAUSED -> Optional.of(new IssueOutcome.Paused());
      case CLOSED, ARCHIVED -> Optional.of(new IssueOutcome.Closed());
      case ACTIVE -> {
        if (now.isBefore(campaign.window().opensAt())) {
          yield Optional.of(new IssueOutcome.NotOpen(campaign.window().opensAt()));
        }
        boolean ended = !now.isBefore(campaign.window().closesAt());
        yield ended ? Optional.of(new IssueOutcome.Closed()) : Optional.empty();
      }
    };
  }
}
