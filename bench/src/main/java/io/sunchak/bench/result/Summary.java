package io.sunchak.bench.result;

import static java.util.Comparator.comparingLong;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What several runs of the same kind say together: medians, the spread, the ratio to the ceiling.
 */
final class Summary {
  private static final List<String> SPEEDS =
      List.of(
          "acceptedPerSecond",
          "refusedPerSecond",
          "p50Ms",
          "p99Ms",
          "refusedP50Ms",
          "refusedP99Ms",
          "redisCommandsPerRequest",
          "redisRoundTripsPerRequest",
          "storedPerSecond",
          "storedWithinMs");

  /** Which ceiling a speed is held against. */
  private static final Map<String, String> CEILINGS =
      Map.of(
          "acceptedPerSecond", "ceiling-netty",
          "refusedPerSecond", "ceiling-netty",
          "storedPerSecond", "ceiling-unnest");

  /** What is stored is also held against COPY, into the table as it is and as it was. */
  private static final Map<String, String> COPIES =
      Map.of("copyRatio", "ceiling-copy", "copyRegexRatio", "ceiling-copy-regex");

  private record Kind(String experiment, String target, @Nullable String variant) {}

  private Summary() {}

  /** One object for each target, experiment and variant, as results.json has them. */
  static ArrayNode of(List<JsonNode> runs) {
    Map<Kind, List<JsonNode>> kinds =
        runs.stream()
            .collect(Collectors.groupingBy(Summary::kind, LinkedHashMap::new, Collectors.toList()));
    List<ObjectNode> all = new ArrayList<>();
    kinds.forEach((kind, same) -> all.add(summary(kind, same)));
    all.forEach(one -> {
      one.put("ceilingRatio", ratio(one, all));
      COPIES.forEach((name, copy) -> one.put(name, ratio(one, all, "storedPerSecond", copy)));
    });
    return JsonNodeFactory.instance.arrayNode().addAll(all);
  }

  private static Kind kind(JsonNode run) {
    JsonNode variant = run.path("variant");
    return new Kind(
        run.path("experiment").asString(),
        run.path("target").asString(),
        variant.isString() ? variant.asString() : null);
  }

  private static ObjectNode summary(Kind kind, List<JsonNode> runs) {
    ObjectNode one = JsonNodeFactory.instance.objectNode();
    one.put("target", kind.target());
    one.put("experiment", kind.experiment());
    one.put("variant", kind.variant());
    boolean violated = anySays(runs, "violated");
    for (String speed : SPEEDS) {
      one.put(speed, violated ? null : median(values(runs, speed)));
    }
    one.putNull("ceilingRatio");
    one.put("judge", violated ? "violated" : anySays(runs, "ok") ? "ok" : "none");
    ArrayNode violations = one.putArray("violations");
    // Of the worst run first: its count is the one that is shown.
    runs.stream()
        .sorted(comparingLong((JsonNode run) -> run.path("coupons").asLong(0)).reversed())
        .flatMap(run -> run.path("violations").valueStream())
        .map(JsonNode::asString)
        .distinct()
        .forEach(violations::add);
    one.put("runs", runs.size());
    putSpread(one, "accepted", violated ? List.of() : values(runs, "acceptedPerSecond"));
    putSpread(one, "refused", violated ? List.of() : values(runs, "refusedPerSecond"));
    one.put("lostByKill", most(runs, "lostByKill"));
    one.put("coupons", most(runs, "coupons"));
    one.put("stock", most(runs, "stock"));
    one.put("errors", runs.stream().mapToLong(run -> run.path("unknown").asLong(0)).sum());
    one.put(
        "bottleneck",
        runs.stream()
            .map(run -> run.path("bottleneck"))
            .filter(JsonNode::isString)
            .map(JsonNode::asString)
            .findFirst()
            .orElse(null));
    // Where and when: a figure without it means nothing. The runs of a folder are of one commit.
    for (String circumstance : List.of("commit", "startedAt", "machine")) {
      one.set(circumstance, runs.getFirst().get(circumstance));
    }
    return one;
  }

  private static void putSpread(ObjectNode one, String name, List<Double> values) {
    one.put(name + "Min", values.stream().min(Double::compare).orElse(null));
    one.put(name + "Max", values.stream().max(Double::compare).orElse(null));
  }

  private static boolean anySays(List<JsonNode> runs, String judge) {
    return runs.stream().anyMatch(run -> run.path("judge").asString("").equals(judge));
  }

  private static List<Double> values(List<JsonNode> runs, String field) {
    return runs.stream()
        .map(run -> run.path(field))
        .filter(JsonNode::isNumber)
        .map(JsonNode::asDouble)
        .toList();
  }

  /** Of counts the worst, which is the greatest. */
  private static @Nullable Long most(List<JsonNode> runs, String field) {
    return values(runs, field).stream().map(Double::longValue).max(Long::compare).orElse(null);
  }

  static @Nullable Double median(Collection<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int half = sorted.size() / 2;
    if (sorted.isEmpty()) {
      return null;
    }
    return sorted.size() % 2 == 1
        ? sorted.get(half)
        : (sorted.get(half - 1) + sorted.get(half)) / 2;
  }

  /** The first speed that both it and its ceiling have in this experiment. */
  private static @Nullable Double ratio(ObjectNode one, List<ObjectNode> all) {
    return Stream.of("acceptedPerSecond", "refusedPerSecond", "storedPerSecond")
        .map(speed -> ratio(one, all, speed, CEILINGS.get(speed)))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  private static @Nullable Double ratio(
      ObjectNode one, List<ObjectNode> all, String speed, @Nullable String ceiling) {
    return all.stream()
        .filter(other -> other.path("target").asString().equals(ceiling))
        .filter(other -> other.path("experiment").equals(one.path("experiment")))
        .filter(other -> one.path(speed).isNumber() && other.path(speed).isNumber())
        .map(other -> one.path(speed).asDouble() / other.path(speed).asDouble())
        .findFirst()
        .orElse(null);
  }
}
