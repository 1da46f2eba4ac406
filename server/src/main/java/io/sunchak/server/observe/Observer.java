package io.sunchak.server.observe;

import io.sunchak.admission.link.Durability;
import io.sunchak.admission.link.RedisGuard;
import io.sunchak.admission.link.RedisLink;
import io.sunchak.core.CampaignId;
import io.sunchak.core.ledger.LedgerException;
import io.sunchak.core.ledger.OverviewLedger;
import io.sunchak.core.ledger.OverviewLedger.OpenFailures;
import io.sunchak.core.ledger.OverviewLedger.Summary;
import io.sunchak.core.log.CampaignKeyspace.Facts;
import io.sunchak.core.log.KeyspaceView;
import io.sunchak.core.log.LogException;
import io.sunchak.core.loop.LoopListener;
import io.sunchak.server.observe.Observation.Line;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads both engines: a bounded number of campaigns in a few queries. Not thread-safe, blocking.
 */
public final class Observer {
  private static final int SHOWN = 50;

  private final OverviewLedger overview;
  private final KeyspaceView view;
  private final RedisLink link;
  private final RedisGuard guard;
  private final Milestones milestones;
  private final LoopListener loops;
  private List<Summary> summaries = List.of();
  private OpenFailures failures = new OpenFailures(0, null);
  private Map<CampaignId, Facts> facts = Map.of();

  public Observer(
      OverviewLedger overview,
      KeyspaceView view,
      RedisLink link,
      RedisGuard guard,
      LoopListener loops) {
    this.loops = loops;
    this.guard = guard;
    this.overview = overview;
    this.view = view;
    this.link = link;
    this.milestones = new Milestones(overview);
  }

  /** What was read; {@code failures} and {@code lines} are older while an engine is down. */
  public record Seen(
      boolean redisUp,
      boolean postgresUp,
      @Nullable Durability declared,
      OpenFailures failures,
      List<Line> lines) {}

  public Seen look(Instant now) {
    boolean postgresUp = lookAtLedger(now);
    boolean redisUp = lookAtRedis();
    List<Line> lines = new ArrayList<>();
    for (Summary summary : summaries) {
      loops.guard("monitor", () -> lines.add(line(summary, redisUp, now)));
    }
    milestones.keep(summaries);
    return new Seen(
        redisUp, postgresUp, guard.declared().orElse(null), failures, List.copyOf(lines));
  }

  private boolean lookAtLedger(Instant now) {
    try {
      summaries = overview.newest(now, SHOWN);
      failures = overview.openFailures();
      return true;
    } catch (LedgerException away) {
      return false;
    }
  }

  private boolean lookAtRedis() {
    if (link.connectionNumber().isEmpty()) {
      return false;
    }
    try {
      facts =
          view.facts(summaries.stream().map(s -> s.campaign().id()).collect(Collectors.toList()));
      return true;
    } catch (LogException away) {
      return false;
    }
  }

  private Line line(Summary summary, boolean redisUp, Instant now) {
    Facts known = facts.get(summary.campaign().id());
    double lag = redisUp ? lag(summary, known, now) : Double.NaN;
    return new Line(
        summary, known, lag, milestones.firstAt(summary), milestones.soldOutAt(summary));
  }

  private double lag(Summary summary, @Nullable Facts known, Instant now) {
    if (known == null || known.sequence() <= summary.cursor()) {
      return 0;
    }
    try {
      return view.oldest(summary.campaign().id(), known.epoch(), summary.cursor())
          .map(entry -> Math.max(0, Duration.between(entry.acceptedAt(), now).toMillis() / 1e3))
          .orElse(0.0);
    } catch (LogException away) {
      return Double.NaN;
    }
  }
}
