package io.sunchak.server.http.live;

import io.sunchak.core.CampaignId;
import io.sunchak.core.reconcile.Reconciliation.Report;
import io.sunchak.server.http.Code;
import io.sunchak.server.http.Verdict;
import io.sunchak.server.http.campaigns.CampaignView;
import io.sunchak.server.observe.DrainTrouble;
import io.sunchak.server.observe.IssueMetrics;
import io.sunchak.server.observe.Observation;
import io.sunchak.server.observe.Observation.Kind;
import io.sunchak.server.observe.Observation.Line;
import io.sunchak.server.observe.Observation.Raised;
import io.sunchak.server.reconcile.Consistency;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes an observation as JSON. */
final class SnapshotView {
  private static final Set<String> OWN_WORDS =
      Set.of("ACCEPTED", "ALREADY", "SOLD_OUT", "NOT_OPEN", "PAUSED", "CLOSED");

  private SnapshotView() {}

  static void put(Map<String, Object> view, Observation now, Consistency consistency) {
    view.put("unsafe", now.unsafe());
    view.put("declaredDurability", now.declared());
    Map<String, Object> engines = new LinkedHashMap<>();
    engines.put("redis", now.redisUp() ? "UP" : "DOWN");
    engines.put("postgres", now.postgresUp() ? "UP" : "DOWN");
    view.put("engines", engines);
    view.put("requests", requests(now));
    view.put("drain", drain(now));
    view.put("campaigns", now.campaigns().stream().map(line -> campaign(line, now.at())).toList());
    Map<String, Object> failures = new LinkedHashMap<>();
    failures.put("open", now.failures().count());
    failures.put("latestReason", now.failures().latestReason());
    view.put("failures", failures);
    view.put("consistency", consistency(now, consistency));
    view.put("alarms", now.alarms().stream().map(SnapshotView::alarm).toList());
  }

  private static Map<String, Object> requests(Observation now) {
    IssueMetrics.Figures figures = now.requests();
    Map<String, Object> view = new LinkedHashMap<>();
    Map<String, Double> rates = new TreeMap<>();
    now.perSecond().forEach((word, rate) -> rates.merge(shown(word), rate, Double::sum));
    rates.replaceAll((word, rate) -> rounded(rate));
    Map<String, Long> totals = new TreeMap<>();
    figures.totals().forEach((word, total) -> totals.merge(shown(word), total, Long::sum));
    view.put("perSecond", rates);
    view.put("p50Ms", orNull(figures.p50()));
    view.put("p95Ms", orNull(figures.p95()));
    view.put("p99Ms", orNull(figures.p99()));
    view.put("total", totals);
    return view;
  }

  /**
   * Outcomes caused by the server or the engines are errors; those caused by the client are not.
   */
  private static String shown(String word) {
    if (OWN_WORDS.contains(word)) {
      return word;
    }
    if (word.equals("ISSUED")) {
      return "ACCEPTED";
    }
    return Code.valueOf(word).status() >= 500 ? "ERROR" : "OTHER";
  }

  private static Map<String, Object> drain(Observation now) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("rowsPerSecond", rounded(now.drain().rowsPerSecond()));
    view.put("batchSize", orNull(now.drain().batchSize()));
    view.put("commitMs", orNull(now.drain().commitMillis()));
    DrainTrouble.Trouble trouble = now.lastError();
    if (trouble != null) {
      view.put("lastError", trouble.what());
      view.put("lastErrorAt", trouble.at().toString());
    }
    return view;
  }

  private static Map<String, Object> campaign(Line line, Instant now) {
    Map<String, Object> view = new LinkedHashMap<>();
    Long total = line.campaign().stock().total();
    long issued = line.issued();
    view.put("id", line.campaign().id().value());
    view.put("name", line.campaign().name());
    view.put("state", CampaignView.state(line.campaign(), issued, now));
    view.put("total", total);
    view.put("issued", issued);
    view.put("remaining", total == null ? null : Math.max(0, total - issued));
    view.put("stored", line.summary().rows());
    view.put("openFailures", line.summary().open());
    view.put("backlog", line.backlog());
    view.put("lagSeconds", Double.isNaN(line.lagSeconds()) ? null : rounded(line.lagSeconds()));
    view.put("opensAt", line.campaign().window().opensAt().toString());
    view.put("closesAt", line.campaign().window().closesAt().toString());
    view.put("firstAcceptedAt", text(line.firstAt()));
    view.put("soldOutAt", text(line.soldOutAt()));
    return view;
  }

  private static Map<String, Object> consistency(Observation now, Consistency consistency) {
    Map<String, Object> view = new LinkedHashMap<>();
    List<Object> campaigns = new ArrayList<>();
    for (Line line : now.campaigns()) {
      Report report = consistency.of(line.campaign().id());
      if (report != null) {
        campaigns.add(compared(line, report));
      }
    }
    view.put("checkedAt", text(consistency.checkedAt()));
    view.put("driftCount", consistency.drift());
    view.put("campaigns", campaigns);
    return view;
  }

  private static Map<String, Object> compared(Line line, Report report) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("campaignId", line.campaign().id().value());
    view.put("redisIssued", line.issued());
    view.put("ledgerRows", line.summary().rows());
    view.put("ledgerFailures", line.summary().failures());
    view.put("backlog", line.backlog());
    view.put("gaps", report.census().gaps());
    view.put("duplicates", report.census().duplicates());
    view.put("total", line.campaign().stock().total());
    view.put("verdict", Verdict.of(report.conclusion()));
    return view;
  }

  private static Map<String, Object> alarm(Raised raised) {
    Map<String, Object> view = new LinkedHashMap<>();
    CampaignId campaign = raised.campaign();
    view.put("kind", word(raised.kind()));
    if (campaign != null) {
      view.put("campaignId", campaign.value());
    }
    view.put("since", raised.since().toString());
    view.put("value", rounded(raised.value()));
    return view;
  }

  /** The API has called it so since its first release. */
  private static String word(Kind kind) {
    return kind == Kind.LAG ? "BACKLOG" : kind.name();
  }

  private static @Nullable String text(@Nullable Instant at) {
    return at == null ? null : at.toString();
  }

  private static @Nullable Double orNull(double figure) {
    return figure == 0 ? null : Double.valueOf(rounded(figure));
  }

  private static double rounded(double figure) {
    return Math.round(figure * 100) / 100.0;
  }
}
