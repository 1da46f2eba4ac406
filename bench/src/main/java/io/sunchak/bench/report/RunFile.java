package io.sunchak.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One file below {@code runs/}: a single run, where and when it was made, and its course. */
record RunFile(
    String file,
    Result.Key key,
    @Nullable Long number,
    Provenance provenance,
    Judgement judge,
    @Nullable Long coupons,
    @Nullable Double acceptedPerSecond,
    @Nullable Double refusedPerSecond,
    @Nullable Double storedPerSecond,
    Map<String, Double> acceptedMs,
    Map<String, Double> refusedMs,
    List<Point> series) {

  /** What was measured, on what, when: each figure names it. */
  record Provenance(String commit, String startedAt, String machine) {
    /** The day alone, when the time is an ISO instant. */
    String date() {
      return startedAt.length() >= 10 ? startedAt.substring(0, 10) : startedAt;
    }
  }

  /** Cumulative counts at a moment, in seconds from the first request. */
  record Point(double t, @Nullable Double remaining, @Nullable Double stored) {}

  static RunFile of(String file, JsonNode node) {
    Judgement judge = Judgement.of(node);
    boolean shown = judge != Judgement.VIOLATED;
    JsonNode latency = node.path("latencyMs");
    return new RunFile(
        file,
        Result.Key.of(node),
        Json.whole(node, "run"),
        new Provenance(
            Json.stringOr(node, "commit", "?"),
            Json.stringOr(node, "startedAt", "?"),
            machine(node.path("machine"))),
        judge,
        Json.whole(node, "coupons"),
        shown ? Json.number(node, "acceptedPerSecond") : null,
        shown ? Json.number(node, "refusedPerSecond") : null,
        shown ? Json.number(node, "storedPerSecond") : null,
        shown ? Json.numbers(latency.path("accepted")) : Map.of(),
        shown ? Json.numbers(latency.path("refused")) : Map.of(),
        series(node.path("series")));
  }

  private static List<Point> series(JsonNode array) {
    List<Point> points = new ArrayList<>();
    for (JsonNode point : array) {
      Double t = Json.number(point, "t");
      if (t != null) {
        points.add(new Point(t, Json.number(point, "remaining"), Json.number(point, "stored")));
      }
    }
    return List.copyOf(points);
  }

  private static String machine(JsonNode machine) {
    List<String> parts = new ArrayList<>();
    addIf(parts, Json.string(machine, "cpu"), "");
    addIf(parts, Json.string(machine, "cores"), " cores");
    addIf(parts, Json.string(machine, "memoryGiB"), " GiB");
    addIf(parts, Json.string(machine, "os"), "");
    String java = Json.string(machine, "java");
    addIf(parts, java == null || java.startsWith("Java") ? java : "Java " + java, "");
    return parts.isEmpty() ? "?" : String.join(", ", parts);
  }

  private static void addIf(List<String> parts, @Nullable String value, String unit) {
    if (value != null && !value.isBlank()) {
      parts.add(value.strip() + unit);
    }
  }
}
