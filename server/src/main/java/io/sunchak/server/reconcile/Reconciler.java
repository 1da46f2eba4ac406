package io.sunchak.server.reconcile;

import io.sunchak.core.Campaign;
import io.sunchak.core.CampaignId;
import io.sunchak.core.ledger.AuditLedger;
import io.sunchak.core.ledger.AuditLedger.Act;
import io.sunchak.core.ledger.AuditLedger.Action;
import io.sunchak.core.ledger.CampaignLedger;
import io.sunchak.core.loop.GuardedRound;
import io.sunchak.core.reconcile.Reconciliation;
import io.sunchak.core.reconcile.Reconciliation.Conclusion;
import io.sunchak.core.reconcile.Reconciliation.Report;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs reconciliations on demand, one after the other on its own thread, and keeps the newest runs.
 * Thread-safe.
 */
public final class Reconciler implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("sunchak.reconcile");
  private static final int REMEMBERED = 20;
  private static final int PAGE = 1_000;

  private final Reconciliation reconciliation;
  private final CampaignLedger campaigns;
  private final AuditLedger audits;
  private final Consistency consistency;
  private final InstantSource clock;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(Thread.ofVirtual().name("reconcile").factory());
  private final Map<String, Run> runs =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Run> eldest) {
          return size() > REMEMBERED;
        }
      };

  /** The state of a run. */
  public enum State {
    RUNNING,
    DONE,
    FAILED
  }

  /**
   * A snapshot of a run.
   *
   * @param finishedAt null while it runs
   */
  public record Run(
      String id,
      State state,
      Instant startedAt,
      @Nullable Instant finishedAt,
      List<Report> reports) {}

  public Reconciler(
      Reconciliation reconciliation,
      CampaignLedger campaigns,
      AuditLedger audits,
      Consistency consistency,
      InstantSource clock) {
    this.reconciliation = reconciliation;
    this.campaigns = campaigns;
    this.audits = audits;
    this.consistency = consistency;
    this.clock = clock;
  }

  /**
   * Starts a run.
   *
   * @param campaign null for all
   */
  public Run start(@Nullable CampaignId campaign, String actor) {
    Run run =
        new Run(UUID.randomUUID().toString(), State.RUNNING, clock.instant(), null, List.of());
    remember(run);
    thread.execute(() -> compare(run, campaign, actor));
    return run;
  }

  /** A run that is still kept. */
  public Optional<Run> find(String id) {
    synchronized (runs) {
      return Optional.ofNullable(runs.get(id));
    }
  }

  private void remember(Run run) {
    synchronized (runs) {
      runs.put(run.id(), run);
    }
  }

  private void compare(Run run, @Nullable CampaignId campaign, String actor) {
    List<Report> reports = new ArrayList<>();
    State state = State.FAILED;
    try {
      boolean all = true;
      if (campaign != null) {
        compare(campaign, reports);
      } else {
        all = compareAll(reports);
      }
      audits.write(new Act(actor, Action.RECONCILED, campaign, summary(reports)));
      state = all ? State.DONE : State.FAILED;
    } catch (RuntimeException away) {
      LOG.warn("a reconciliation failed: {}", away.getMessage());
    } finally {
      remember(new Run(run.id(), state, run.startedAt(), clock.instant(), List.copyOf(reports)));
    }
  }

  /** Whether all campaigns could be compared. A failure of one does not stop the others. */
  private boolean compareAll(List<Report> reports) {
    List<CampaignId> failed = new ArrayList<>();
    GuardedRound<Campaign> round =
        new GuardedRound<>(
            one -> compare(one.id(), reports),
            (one, fault) -> {
              LOG.warn("{} could not be reconciled: {}", one.id(), fault.getMessage());
              failed.add(one.id());
            });
    List<Campaign> page = campaigns.page(null, PAGE);
    while (!page.isEmpty()) {
      round.over(page);
      page = campaigns.page(page.getLast().id(), PAGE);
    }
    return failed.isEmpty();
  }

  private void compare(CampaignId campaign, List<Report> reports) {
    reconciliation
        .run(campaign)
        .ifPresent(report -> {
          reports.add(report);
          consistency.found(report);
        });
  }

  private static String summary(List<Report> reports) {
    long drift = reports.stream().filter(r -> r.conclusion() == Conclusion.DRIFT).count();
    long inconclusive =
        reports.stream().filter(r -> r.conclusion() == Conclusion.INCONCLUSIVE).count();
    return "%d compared: %d with drift, %d without a conclusion"
        .formatted(reports.size(), drift, inconclusive);
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
