package io.sunchak.server.reconcile;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.sunchak.core.CampaignId;
import io.sunchak.core.ledger.LedgerException;
import io.sunchak.core.log.CampaignKeyspace.Facts;
import io.sunchak.core.log.LogException;
import io.sunchak.core.loop.GuardedRound;
import io.sunchak.core.loop.LoopListener;
import io.sunchak.core.reconcile.Reconciliation;
import io.sunchak.core.reconcile.Reconciliation.Conclusion;
import io.sunchak.core.reconcile.Reconciliation.Part;
import io.sunchak.core.reconcile.Reconciliation.Report;
import io.sunchak.server.observe.Observation.Line;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Compares Redis and the ledger in the background and keeps the newest result of each campaign. A
 * look compares a bounded number of holders of the campaigns in the overview: first of those that
 * changed and have come to rest (or have not rested for a minute), then of the others in turn, each
 * from where the previous look ended, and none more than its share. So values that were changed by
 * hand are found too. A campaign with drift is compared completely, again and again until the drift
 * is gone. Thread-safe; one look at a time.
 */
public final class Consistency {
  private static final long RESTLESS_SECONDS = 60;

  /** Holders per look. At 40 µs each, on both sides together, this is a fiftieth of a processor. */
  private static final int HOLDERS = 5_000;

  /** A campaign's part of them is at least this: each costs two round trips, however few. */
  private static final int LEAST = 500;

  /** Campaigns per look that are compared in turn, without a change. */
  private static final int IN_TURN = 5;

  private final Reconciliation reconciliation;
  private final InstantSource clock;
  private final LoopListener loops;
  private final Map<CampaignId, Found> found = new ConcurrentHashMap<>();
  private final Map<CampaignId, Long> cursors = new ConcurrentHashMap<>();
  private final Map<CampaignId, Long> places = new ConcurrentHashMap<>();
  private @Nullable CampaignId turn;
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
        .description("Differences between Redis and the ledger, at the newest comparison")
        .register(registry);
  }

  /** The time of the latest look; null before the first one. */
  public @Nullable Instant checkedAt() {
    return checkedAt;
  }

  /** The newest comparison of a campaign; null before the first one. */
  public @Nullable Report of(CampaignId campaign) {
    Found newest = found.get(campaign);
    return newest == null ? null : newest.report();
  }

  /** The drift of all campaigns together: differing users, gaps and duplicates. */
  public long drift() {
    return found.values().stream().mapToLong(f -> drift(f.report())).sum();
  }

  /** The drift of a campaign's newest comparison; 0 before the first one. */
  public long drift(CampaignId campaign) {
    Report report = of(campaign);
    return report == null ? 0 : drift(report);
  }

  /** The drift of one comparison. */
  static long drift(Report report) {
    return report.conclusion() == Conclusion.DRIFT
        ? report.differences() + report.census().gaps() + report.census().duplicates()
        : 0;
  }

  /** Keeps a result, but not one without a conclusion in place of one that has a conclusion. */
  void found(Report report) {
    if (report.conclusion() != Conclusion.INCONCLUSIVE || !found.containsKey(report.campaign())) {
      found.put(report.campaign(), new Found(report, clock.instant()));
    }
  }

  /** Compares the campaigns that are due, and drops those that are not in the overview any more. */
  public void look(Collection<Line> shown) {
    Map<CampaignId, Line> lines = new TreeMap<>();
    shown.forEach(line -> lines.put(line.campaign().id(), line));
    found.keySet().retainAll(lines.keySet());
    cursors.keySet().retainAll(lines.keySet());
    places.keySet().retainAll(lines.keySet());
    Set<CampaignId> order = order(lines);
    AtomicInteger left = new AtomicInteger(HOLDERS);
    AtomicInteger campaigns = new AtomicInteger(order.size());
    try {
      new GuardedRound<CampaignId>(
              campaign -> {
                int share = share(left.get(), campaigns.getAndDecrement());
                left.addAndGet(-compare(campaign, share));
              },
              (campaign, fault) -> told(fault))
          .over(order);
      checkedAt = clock.instant();
    } catch (LedgerException | LogException away) {
      return; // the next look follows soon
    }
    lines.forEach((id, line) -> cursors.put(id, line.summary().cursor()));
  }

  /** Reports defects; an engine that is down is none. */
  private void told(RuntimeException fault) {
    if (!(fault instanceof LedgerException || fault instanceof LogException)) {
      loops.tell("consistency", fault);
    }
  }

  /** What one of so many campaigns may take: a large one does not keep the others waiting. */
  private static int share(int left, int campaigns) {
    return Math.min(left, Math.max(LEAST, left / campaigns));
  }

  /**
   * The campaigns that are due, those with drift first and then the longest not compared; then
   * those whose turn it is.
   */
  private Set<CampaignId> order(Map<CampaignId, Line> lines) {
    Set<CampaignId> order = new LinkedHashSet<>();
    lines.values().stream()
        .filter(this::isDue)
        .map(line -> line.campaign().id())
        .sorted(Comparator.comparing(this::waitsSince))
        .forEach(order::add);
    List<CampaignId> circle = new ArrayList<>(lines.keySet());
    int begin = turn == null ? 0 : (circle.indexOf(turn) + 1) % Math.max(1, circle.size());
    for (int i = 0; i < Math.min(IN_TURN, circle.size()); i++) {
      turn = circle.get((begin + i) % circle.size());
      order.add(turn);
    }
    return order;
  }

  private Instant waitsSince(CampaignId campaign) {
    Found last = found.get(campaign);
    return last == null || last.report().conclusion() == Conclusion.DRIFT ? Instant.MIN : last.at();
  }

  /** How many holders were compared. */
  private int compare(CampaignId campaign, int most) {
    if (most <= 0) {
      return 0;
    }
    Found last = found.get(campaign);
    if (last != null && last.report().conclusion() == Conclusion.DRIFT) {
      return isBearable(last) ? whole(campaign) : 0;
    }
    Optional<Part> part = reconciliation.part(campaign, places.getOrDefault(campaign, 0L), most);
    if (part.isEmpty()) {
      return 0;
    }
    if (part.get().report().conclusion() == Conclusion.DRIFT) {
      return whole(campaign);
    }
    places.put(campaign, part.get().next());
    found(part.get().report());
    return part.get().compared();
  }

  private int whole(CampaignId campaign) {
    Optional<Report> report = reconciliation.run(campaign);
    report.ifPresent(this::found);
    return (int) Math.min(Integer.MAX_VALUE, report.map(Report::issued).orElse(0L));
  }

  /** Whether the comparison may be repeated now; a large campaign is not compared at each look. */
  private boolean isBearable(Found last) {
    return last.report().issued() <= HOLDERS
        || clock.instant().isAfter(last.at().plusSeconds(RESTLESS_SECONDS));
  }

  private boolean isDue(Line line) {
    CampaignId campaign = line.campaign().id();
    Found last = found.get(campaign);
    if (last == null
        || last.report().conclusion() != Conclusion.AGREES
        || places.getOrDefault(campaign, 0L) > 0) {
      return true;
    }
    Long cursor = cursors.get(campaign);
    boolean rests = cursor != null && cursor == line.summary().cursor();
    boolean restless = clock.instant().isAfter(last.at().plusSeconds(RESTLESS_SECONDS));
    return hasMoved(last.report(), line) && (rests || restless);
  }

  private static boolean hasMoved(Report last, Line line) {
    Facts facts = line.facts();
    return facts == null
        || facts.epoch() != last.epoch()
        || facts.sequence() != last.sequence()
        || line.summary().epoch() != last.epoch()
        || line.summary().cursor() != last.census().cursor()
        || line.summary().failures() != last.census().failures();
  }
}
