package io.sunchak.server.campaigns;

import io.sunchak.core.Campaign;
import io.sunchak.core.CampaignId;
import io.sunchak.core.archive.Archiving;
import io.sunchak.core.config.ConfigChange;
import io.sunchak.core.drain.Drain;
import io.sunchak.core.gate.CheckRequests;
import io.sunchak.core.ledger.AuditLedger;
import io.sunchak.core.ledger.CampaignLedger;
import io.sunchak.core.log.CampaignKeyspace;
import io.sunchak.server.observe.ServingEvents;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The operators' actions on campaigns. Each is audited. Thread-safe, blocking. */
public final class CampaignAdmin {
  private static final long OPENING_SECONDS = 5;

  private final CampaignLedger campaigns;
  private final AuditLedger audits;
  private final CampaignKeyspace keyspace;
  private final CheckRequests checks;
  private final Drain drain;
  private final ServingEvents servingEvents;

  public CampaignAdmin(
      CampaignLedger campaigns,
      AuditLedger audits,
      CampaignKeyspace keyspace,
      CheckRequests checks,
      Drain drain,
      ServingEvents servingEvents) {
    this.campaigns = campaigns;
    this.audits = audits;
    this.keyspace = keyspace;
    this.checks = checks;
    this.drain = drain;
    this.servingEvents = servingEvents;
  }

  /**
   * Creates a campaign and waits until this node serves it, so that a client can issue as soon as
   * the campaign is reported as created. If Redis is down, the campaign opens later.
   *
   * @param actor for the audit
   * @return false if the id was used before
   */
  public boolean create(Campaign campaign, String actor) {
    CompletableFuture<Void> opened = servingEvents.next(campaign.id());
    try {
      if (!recorded(actor).create(campaign)) {
        return false;
      }
      checks.checkNow(campaign.id(), null);
      opened.get(OPENING_SECONDS, TimeUnit.SECONDS);
      return true;
    } catch (TimeoutException | ExecutionException later) {
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    } finally {
      servingEvents.forget(campaign.id());
    }
  }

  /** Changes a campaign from {@code version}. */
  public ConfigChange.Result change(long version, Campaign changed, String actor) {
    ConfigChange.Ports ports =
        new ConfigChange.Ports(
            recorded(actor), recorded(AuditedCampaigns.SERVER), keyspace, checks);
    return new ConfigChange(ports).change(version, changed);
  }

  /** Archives a campaign that is over, or completes what was begun. */
  public Archiving.Result archive(CampaignId campaign, String actor) {
    return new Archiving(recorded(actor), keyspace, checks).archive(campaign);
  }

  /**
   * Resumes this node's drain of a campaign that stopped after too many refused rows. The operator
   * has seen why and wants the valid rows behind them to be written.
   */
  public void resumeDrain(CampaignId campaign, String actor) {
    String detail = "rows that the ledger refuses become failures again";
    audits.write(new AuditLedger.Act(actor, AuditLedger.Action.DRAIN_RESUMED, campaign, detail));
    drain.resume(campaign);
  }

  private CampaignLedger recorded(String actor) {
    return new AuditedCampaigns(campaigns, audits, actor);
  }
}
