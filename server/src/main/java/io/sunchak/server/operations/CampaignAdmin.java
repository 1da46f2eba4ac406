package io.sunchak.server.operations;

import io.sunchak.core.Campaign;
import io.sunchak.core.align.Attention;
import io.sunchak.core.align.ConfigChange;
import io.sunchak.core.ledger.CampaignLedger;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What an operator does to campaigns. Thread-safe, blocking. */
public final class CampaignAdmin {
  private static final long OPENING_SECONDS = 5;

  private final CampaignLedger campaigns;
  private final ConfigChange changes;
  private final Attention keeper;
  private final Openings openings;

  public CampaignAdmin(
      CampaignLedger campaigns, ConfigChange changes, Attention keeper, Openings openings) {
    this.campaigns = campaigns;
    this.changes = changes;
    this.keeper = keeper;
    this.openings = openings;
  }

  /**
   * Creates a campaign and waits until this node serves it, so that who is told "created" can
   * issue; when Redis is away it opens later.
   *
   * @return false if the id was used before
   */
  public boolean create(Campaign campaign) {
    CompletableFuture<Void> opened = openings.next(campaign.id());
    try {
      if (!campaigns.create(campaign)) {
        return false;
      }
      keeper.needed(campaign.id(), null);
      opened.get(OPENING_SECONDS, TimeUnit.SECONDS);
      return true;
    } catch (TimeoutException | ExecutionException later) {
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    } finally {
      openings.forget(campaign.id());
    }
  }

  /** Changes a campaign from {@code version}. */
  public ConfigChange.Result change(long version, Campaign changed) {
    return changes.change(version, changed);
  }
}
