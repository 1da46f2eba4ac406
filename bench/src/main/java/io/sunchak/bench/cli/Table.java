package io.sunchak.bench.cli;

import io.sunchak.bench.result.Figures;
import io.sunchak.bench.result.ResultFolder;
import io.sunchak.bench.result.Run;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The results for a terminal. */
final class Table {
  private static final String ROW = "%-10s %-22s %-8s %11s %11s %9s %9s %7s  %s%n";

  private Table() {}

  static String of(ResultFolder results) {
    return header()
        + results.summaryNode().valueStream().map(Table::row).collect(Collectors.joining())
        + "%nruns and results.json in %s%n".formatted(results.root());
  }

  private static String header() {
    return ROW.formatted(
        "experiment",
        "target",
        "",
        "accepted/s",
        "refused/s",
        "p50 ms",
        "p99 ms",
        "ceiling",
        "judge");
  }

  private static String row(JsonNode one) {
    JsonNode stored = one.path("storedPerSecond");
    String judge = one.path("judge").asString();
    String word =
        Stream.of(
                judge,
                stored.isNumber() ? "%,.0f stored/s".formatted(stored.asDouble()) : null,
                ratio(one.path("copyRatio"), "of COPY"),
                ratio(one.path("copyRegexRatio"), "of COPY with the regular expression"),
                one.path("lostByKill").isNumber()
                    ? "%,d lost by a kill".formatted(one.path("lostByKill").asLong())
                    : null,
                judge.equals("violated") ? one.path("violations").path(0).asString("") : null,
                one.path("bottleneck").isString() ? "the load generator was the bottleneck" : null)
            .filter(Objects::nonNull)
            .collect(Collectors.joining(" · "));
    return ROW.formatted(
        one.path("experiment").asString(),
        one.path("target").asString(),
        one.path("variant").asString(""),
        number(one.path("acceptedPerSecond"), 0),
        number(one.path("refusedPerSecond"), 0),
        number(one.path("p50Ms"), 2),
        number(one.path("p99Ms"), 2),
        number(one.path("ceilingRatio"), 2),
        word);
  }

  private static @Nullable String ratio(JsonNode value, String of) {
    return value.isNumber() ? number(value, 2) + " " + of : null;
  }

  private static String number(JsonNode value, int digits) {
    return value.isNumber() ? ("%,." + digits + "f").formatted(value.asDouble()) : "-";
  }

  /** One run, for the log. */
  static String line(Run run) {
    Figures seen = run.figures();
    return Stream.of(
            run.experiment() + " " + run.target(),
            run.variant(),
            "judge " + run.judge(),
            part("%,.0f accepted/s", seen.speeds().acceptedPerSecond()),
            part("%,.0f refused/s", seen.speeds().refusedPerSecond()),
            part("p99 %.1f ms", seen.speeds().p99Ms()),
            part("%,.0f stored/s", seen.storing().storedPerSecond()),
            seen.storing().lostByKill() == null
                ? null
                : seen.storing().lostByKill() + " lost by a kill",
            run.unknown() == 0 ? null : run.unknown() + " without an answer",
            seen.bottleneck() == null ? null : "the load generator was the bottleneck",
            run.violations().isEmpty() ? null : run.violations().getFirst())
        .filter(Objects::nonNull)
        .collect(Collectors.joining(" · "));
  }

  private static @Nullable String part(String format, @Nullable Double value) {
    return value == null ? null : format.formatted(value);
  }
}
