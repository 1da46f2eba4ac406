package io.sunchak.core.align;

import io.sunchak.core.CampaignId;
import io.sunchak.core.ledger.CampaignLedger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Names of campaigns of which this node has never heard. Anybody can make up any number of them, so
 * that the ledger is asked once for many, and those that are none never take a keeper's time.
 * Thread-safe; one finds out at a time.
 */
final class UnheardOf {
  private static final int BOUND = 4_096;
  private static final int AT_ONCE = 1_000;

  private final BlockingQueue<CampaignId> named = new ArrayBlockingQueue<>(BOUND);
  private final CampaignLedger campaigns;
  private final Consumer<CampaignId> known;
  private final Consumer<CampaignId> absent;

  /**
   * None yet.
   *
   * @param known told of each that is a campaign
   * @param absent told of each that is none
   */
  UnheardOf(CampaignLedger campaigns, Consumer<CampaignId> known, Consumer<CampaignId> absent) {
    this.campaigns = campaigns;
    this.known = known;
    this.absent = absent;
  }

  /** Dropped when too many wait: who asked is told so in time, and may ask again. */
  void add(CampaignId campaign) {
    var _ = named.offer(campaign);
  }

  /** Waits for names, at most so long, and tells them apart; throws what the ledger throws. */
  void findOut(Duration atMost) throws InterruptedException {
    CampaignId first = named.poll(atMost.toMillis(), TimeUnit.MILLISECONDS);
    if (first == null) {
      return;
    }
    List<CampaignId> asked = new ArrayList<>(List.of(first));
    named.drainTo(asked, AT_ONCE - 1);
    Set<CampaignId> campaignsAmong = campaigns.known(asked);
    asked.forEach(one -> (campaignsAmong.contains(one) ? known : absent).accept(one));
  }
}
