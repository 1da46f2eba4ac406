package io.sunchak.server.operations;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.sunchak.core.CampaignId;
import io.sunchak.core.align.Reconciliation;
import io.sunchak.core.align.Reconciliation.Report;
import io.sunchak.core.align.Reconciliation.Verdict;
import io.sunchak.core.ledger.LedgerException;
import io.sunchak.core.log.CampaignKeyspace.Facts;
import io.sunchak.core.log.LogException;
import io.sunchak.core.loop.GuardedRound;
import io.sunchak.core.loop.LoopListener;
import io.sunchak.server.operations.Observation.Line;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The newest word on whether Redis and the ledger agree. Each campaign that people see is compared
 * when it has moved and come to rest, or after a minute if it does not rest, or anyway after ten;
 * one with drift again and again, until it is gone. Thread-safe; one look at a time.
 */
public final class Consistency {
  private static final long RESTLESS_SECONDS = 60;
  private static final long ANYWAY_SECONDS = 600;

  private final Reconciliation reconciliation;
  private final InstantSource clock;
  private final LoopListener loops;
  private final Map<CampaignId, Found> found = new ConcurrentHashMap<>();
  private final Map<CampaignId, Long> cursors = new ConcurrentHashMap<>();
  private volatile @Nullable Instant checkedAt;

  private record Found(Report report, Instant at) {}

  public Consistency(
      Reconciliation reconciliation,
      MeterRegistry registry,
      InstantSource clock,
      LoopListener loops) {
    this.reconciliation = reconciliation;
    this.clock = clock;
    this.loops = loops;
    Gauge.builder("sunchak.drift", this, Consistency::drift)
        .description("Users on whom Redis and the ledger differ, at the newest comparison")
        .register(registry);
  }

  /** When it was looked last; null before the first time. */
  public @Nullable Instant checkedAt() {
    return checkedAt;
  }

  /** The newest comparison of a campaign; null before the first one. */
  public @Nullable Report of(CampaignId campaign) {
    Found newest = found.get(campaign);
    return newest == null ? null : newest.report();
  }

  /** Of all campaigns together: differing users, gaps, duplicates. */
  public long drift() {
    return found.values().stream().mapToLong(f -> drift(f.report())).sum();
  }

  /** Of one comparison. */
  static long drift(Report report) {
    return report.verdict() == Verdict.DRIFT
        ? report.differences() + report.census().gaps() + report.census().duplicates()
        : 0;
  }

  /** A comparison was made; one without a conclusion replaces none that has one. */
  void found(Report report) {
    if (report.verdict() != Verdict.DISCARDED || !found.containsKey(report.campaign())) {
      found.put(report.campaign(), new Found(report, clock.instant()));
    }
  }

  /** Compares what is due, and forgets what is not shown any more. */
  void look(Collection<Line> shown) {
    Set<CampaignId> ids =
        shown.stream().map(line -> line.campaign().id()).collect(Collectors.toSet());
    found.keySet().retainAll(ids);
    cursors.keySet().retainAll(ids);
    try {
      new GuardedRound<>(this::compare, (line, fault) -> told(fault)).over(shown);
      checkedAt = clock.instant();
    } catch (LedgerException | LogException away) {
      return; // the next look is near
    }
  }

  private void compare(Line line) {
    CampaignId id = line.campaign().id();
    if (isDue(line)) {
      reconciliation.run(id).ifPresent(this::found);
    }
    cursors.put(id, line.standing().cursor());
  }

  /** An engine that was away for one of them is no defect. */
  private void told(RuntimeException fault) {
    if (!(fault instanceof LedgerException || fault instanceof LogException)) {
      loops.tell("consistency", fault);
    }
  }

  private boolean isDue(Line line) {
    Found last = found.get(line.campaign().id());
    if (last == null || last.report().verdict() != Verdict.AGREES) {
      return true;
    }
    Long cursor = cursors.get(line.campaign().id());
    boolean rests = cursor != null && cursor == line.standing().cursor();
    Instant now = clock.instant();
    boolean restless = now.isAfter(last.at().plusSeconds(RESTLESS_SECONDS));
    return (hasMoved(last.report(), line) && (rests || restless))
        || now.isAfter(last.at().plusSeconds(ANYWAY_SECONDS));
  }

  private static boolean hasMoved(Report last, Line line) {
    Facts facts = line.facts();
    return facts == null
        || facts.epoch() != last.epoch()
        || facts.sequence() != last.sequence()
        || line.standing().epoch() != last.epoch()
        || line.standing().cursor() != last.census().cursor()
        || line.standing().failures() != last.census().failures();
  }
}
