package io.sunchak.bench.report;

import io.sunchak.bench.report.Legend.Kind;
import io.sunchak.bench.report.PercentileChart.Group;
import io.sunchak.bench.report.PercentileChart.Percentiles;
import io.sunchak.bench.report.PercentileChart.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Latency percentiles of an experiment, accepted and refused apart. */
record LatencyFigures(Findings findings) {

  List<Figure> of(Experiment experiment, Text reading) {
    List<Group> groups = new ArrayList<>();
    List<RunFile> sources = new ArrayList<>();
    add(groups, sources, experiment, true, Text.of("Accepted", "접수"));
    add(groups, sources, experiment, false, Text.of("Refused", "거절"));
    if (groups.isEmpty()) {
      return List.of();
    }
    return List.of(
        new Figure(
            "latency-" + experiment.id(),
            Text.format("%s · %s", "%s · %s", Text.same(experiment.id()), experiment.title()),
            reading,
            new PercentileChart(groups),
            sources.stream().distinct().toList()));
  }

  private void add(
      List<Group> groups,
      List<RunFile> sources,
      Experiment experiment,
      boolean accepted,
      Text title) {
    List<Row> rows = new ArrayList<>();
    for (Result result : findings.of(experiment.id())) {
      Percentiles ms = percentiles(result, accepted);
      if (ms.values().findAny().isPresent()) {
        rows.add(row(result, ms));
        sources.addAll(findings.runsOf(result.key()));
      } else if (result.violated() && accepted) {
        rows.add(row(result, ms));
      }
    }
    if (rows.stream().anyMatch(r -> r.ms().values().findAny().isPresent())) {
      groups.add(new Group(title, rows));
    }
  }

  private static Row row(Result result, Percentiles ms) {
    Text variant = Phrases.variant(result.key().variant());
    Text what = variant.isEmpty() ? result.legend().what() : variant;
    return new Row(
        result.legend().label(),
        what,
        result.legend().kind() == Kind.PRODUCT,
        ms,
        result.violated() ? Phrases.violation(result) : Text.NONE,
        tip(result, ms));
  }

  private static Text tip(Result result, Percentiles ms) {
    if (result.violated()) {
      return Phrases.tip(result);
    }
    StringBuilder facts = new StringBuilder();
    @Nullable Double[] values = {ms.p50(), ms.p90(), ms.p99(), ms.p999()};
    String[] names = {"p50", "p90", "p99", "p99.9"};
    for (int i = 0; i < names.length; i++) {
      Double value = values[i];
      if (value != null) {
        facts
            .append(facts.isEmpty() ? "" : " · ")
            .append(names[i])
            .append(' ')
            .append(Numbers.millis(value))
            .append(" ms");
      }
    }
    return Phrases.name(result).join("\n", Text.same(facts.toString()));
  }

  /** Medians over the runs; where no run is at hand, what the summary says. */
  private Percentiles percentiles(Result result, boolean accepted) {
    if (result.violated()) {
      return new Percentiles(null, null, null, null);
    }
    Result.Key key = result.key();
    Result.Latency said = result.latency();
    Double p50 = accepted ? said.p50() : said.refusedP50();
    Double p99 = accepted ? said.p99() : said.refusedP99();
    return new Percentiles(
        p50 != null ? p50 : findings.percentile(key, accepted, "p50"),
        findings.percentile(key, accepted, "p90"),
        p99 != null ? p99 : findings.percentile(key, accepted, "p99"),
        findings.percentile(key, accepted, "p999"));
  }

  /** The p99 of those accepted, for the verdict: open loop at half load before anything else. */
  @Nullable Double acceptedP99(String target) {
    for (Result result : findings.of(Experiment.LATENCY.id())) {
      if (result.key().target().equals(target) && result.key().variant().startsWith("50")) {
        return percentiles(result, true).p99();
      }
    }
    return findings
        .find(target, Experiment.ACCEPT.id())
        .map(r -> percentiles(r, true).p99())
        .filter(Objects::nonNull)
        .orElse(null);
  }
}
