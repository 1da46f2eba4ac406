package io.sunchak.server.observe;

import io.sunchak.core.Campaign;
import io.sunchak.core.CampaignId;
import io.sunchak.core.ledger.OverviewLedger.OpenFailures;
import io.sunchak.core.ledger.OverviewLedger.Summary;
import io.sunchak.core.log.CampaignKeyspace.Facts;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What this node sees at a moment. While an engine is away, what it said last.
 *
 * @param perSecond issues by outcome
 * @param lastError of the drain; null when there was none
 */
public record Observation(
    Instant at,
    boolean redisUp,
    boolean postgresUp,
    boolean unsafe,
    IssueMetrics.Figures requests,
    Map<String, Double> perSecond,
    DrainFigures drain,
    DrainTrouble.@Nullable Trouble lastError,
    List<Line> campaigns,
    OpenFailures failures,
    List<Raised> alarms) {

  /** The drain's work since the observation before. */
  public record DrainFigures(double rowsPerSecond, double batchSize, double commitMillis) {}

  /**
   * A campaign on both sides.
   *
   * @param facts null when Redis does not have it or cannot be asked
   * @param lagSeconds age of the oldest reservation that is not drained; 0 when there is none, NaN
   *     when that cannot be known
   * @param firstAt when the first coupon was given; null before, or when it is not stored yet
   * @param soldOutAt the same of the last one
   */
  public record Line(
      Summary summary,
      @Nullable Facts facts,
      double lagSeconds,
      @Nullable Instant firstAt,
      @Nullable Instant soldOutAt) {
    public Campaign campaign() {
      return summary.campaign();
    }

    /** How many were given, by the side that knows more. */
    public long issued() {
      return facts == null ? summary.cursor() : Math.max(facts.sequence(), summary.cursor());
    }

    public long backlog() {
      return issued() - summary.cursor();
    }
  }

  /** What needs a person. */
  public enum Kind {
    FAILURES,
    DRIFT,
    BACKLOG,
    ENGINE_DOWN
  }

  /**
   * An alarm that stands.
   *
   * @param campaign null when it concerns no single one
   * @param value open failures, differing users, seconds of lag, engines that are away
   */
  public record Raised(Kind kind, @Nullable CampaignId campaign, Instant since, double value) {}
}
