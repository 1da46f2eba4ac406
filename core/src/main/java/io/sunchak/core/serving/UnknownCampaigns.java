package io.sunchak.core.serving;

import io.sunchak.core.CampaignId;
import io.sunchak.core.ledger.CampaignLedger;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Looks up names of campaigns that this node does not know. Clients can invent any number of them,
 * so the ledger is asked for many names in one query, and names that do not exist take no worker's
 * time. For one thread.
 */
final class UnknownCampaigns {
  private static final int AT_ONCE = 1_000;

  private final CheckQueue queue;
  private final CampaignLedger campaigns;
  private final Consumer<CampaignId> absent;

  /**
   * Reads the names from {@code queue}.
   *
   * @param absent called for each name that is no campaign
   */
  UnknownCampaigns(CheckQueue queue, CampaignLedger campaigns, Consumer<CampaignId> absent) {
    this.queue = queue;
    this.campaigns = campaigns;
    this.absent = absent;
  }

  /** Waits at most {@code atMost} for names and looks them up; throws what the ledger throws. */
  void run(Duration atMost) throws InterruptedException {
    List<CampaignId> asked = queue.takeUnknown(atMost, AT_ONCE);
    if (asked.isEmpty()) {
      return;
    }
    Set<CampaignId> known = campaigns.known(asked);
    for (CampaignId one : asked) {
      if (known.contains(one)) {
        queue.checkNow(one, null);
      } else {
        absent.accept(one);
      }
    }
  }
}
