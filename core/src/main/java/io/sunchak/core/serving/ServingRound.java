package io.sunchak.core.serving;

import io.sunchak.core.CampaignId;
import io.sunchak.core.gate.CheckRequests;
import io.sunchak.core.ledger.CampaignLedger;
import io.sunchak.core.ledger.Progress;
import io.sunchak.core.loop.GuardedRound;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link ServingLoop} does each second: it checks the engines' settings, reads a page of the
 * ledger, and requests a check of the campaigns whose state differs from what this node serves. Not
 * thread-safe, blocking; throws what the ports throw, and the next round follows.
 */
public final class ServingRound {
  /**
   * Campaigns a round; what a request waits for is checked at once, in whichever page it stands.
   */
  private static final int PAGE = 250;

  private final ServingCheck servingCheck;
  private final CampaignLedger campaigns;
  private final ServingListener listener;
  private final CheckRequests checks;
  private @Nullable CampaignId after;
  private Set<CampaignId> unseen = new HashSet<>();

  public ServingRound(
      ServingCheck servingCheck,
      CampaignLedger campaigns,
      ServingListener listener,
      CheckRequests checks) {
    this.servingCheck = servingCheck;
    this.campaigns = campaigns;
    this.listener = listener;
    this.checks = checks;
  }

  /** One round; shuts all gates if an engine is unsafe. */
  public void run() {
    if (servingCheck.isSafe()) {
      checkPage();
    } else {
      servingCheck.shutAll();
    }
  }

  private void checkPage() {
    if (after == null) {
      unseen = new HashSet<>(servingCheck.served());
    }
    List<Progress> page = campaigns.living(after, PAGE);
    new GuardedRound<>(this::check, (one, fault) -> listener.onError(one.campaign().id(), fault))
        .over(page);
    after = page.size() < PAGE ? null : page.getLast().campaign().id();
    if (after == null) {
      servingCheck.markOver(unseen);
    }
  }

  private void check(Progress living) {
    CampaignId campaign = living.campaign().id();
    unseen.remove(campaign);
    if (!servingCheck.isCurrent(living)) {
      checks.checkSoon(campaign);
    }
  }
}
