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
 * The state of this node and its campaigns at one moment. While an engine is down, its latest
 * values.
 *
 * @param declared the durability of Redis that the operator declared; null when it was verified
 * @param perSecond issues by outcome
 * @param lastError of the drain; null when there was none
 */
public record Observation(
    Instant at,
    boolean redisUp,
    boolean postgresUp,
    boolean unsafe,
    @Nullable String declared,
    IssueMetrics.Figures requests,
    Map<String, Double> perSecond,
    DrainFigures drain,
    DrainTrouble.@Nullable Trouble lastError,
    List<Line> campaigns,
    OpenFailures failures,
    List<Raised> alarms) {

  /** The drain's work since the previous observation. */
  public record DrainFigures(double rowsPerSecond, double batchSize, double commitMillis) {}

  /**
   * A campaign in Redis and in the ledger.
   *
   * @param facts null if Redis does not have it or cannot be asked
   * @param lagSeconds age of the oldest reservation that is not drained; 0 if there is none, NaN if
   *     it cannot be known
   * @param firstAt when the first coupon was given; null before, or while it is not in the ledger
   * @param soldOutAt when the last coupon was given, likewise
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

    /** How many coupons were given, by the side with the higher number. */
    public long issued() {
      return facts == null ? summary.cursor() : Math.max(facts.sequence(), summary.cursor());
    }

    public long backlog() {
      return issued() - summary.cursor();
    }
  }

  /** The kinds of alarms. */
  public enum Kind {
    FAILURES,
    DRIFT,
    LAG,
    ENGINE_DOWN
  }

  /**
   * An active alarm.
   *
   * @param campaign null if it does not concern a single one
   * @param value open failures, differing users, seconds of lag, or engines that are down
   */
  public record Raised(Kind kind, @Nullable CampaignId campaign, Instant since, double value) {}
}
