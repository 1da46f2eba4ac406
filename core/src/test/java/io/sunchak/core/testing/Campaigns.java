package io.sunchak.core.testing;

import io.sunchak.core.Campaign;
import io.sunchak.core.CampaignId;
import io.sunchak.core.CampaignState;
import io.sunchak.core.IssueWindow;
import io.sunchak.core.Stock;
import java.time.Instant;
import java.util.UUID;

/** Campaigns to try things on, each with an id that nobody used before. */
public final class Campaigns {
  /** Open for longer than any test runs. */
  public static final IssueWindow OPEN = window("2020-01-01", "2099-01-01");

  public static final IssueWindow NOT_YET_OPEN = window("2098-01-01", "2099-01-01");
  public static final IssueWindow ENDED = window("2000-01-01", "2001-01-01");

  private Campaigns() {}

  /** An id of its own for each test. */
  public static CampaignId freshId() {
    return new CampaignId("t-" + UUID.randomUUID());
  }

  public static Campaign open(long stock) {
    return in(OPEN, Stock.of(stock));
  }

  public static Campaign in(IssueWindow window, Stock stock) {
    CampaignId id = freshId();
    return new Campaign(id, "Test " + id, stock, window, CampaignState.ACTIVE, 1);
  }

  public static Campaign withStock(Campaign campaign, Stock stock) {
    return campaign.withStock(stock);
  }

  private static IssueWindow window(String opens, String closes) {
    return new IssueWindow(
        Instant.parse(opens + "T00:00:00Z"), Instant.parse(closes + "T00:00:00Z"));
  }
}
