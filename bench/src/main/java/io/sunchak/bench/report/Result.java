package io.sunchak.bench.report;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One entry of {@code results.json}: what a target reached in an experiment. Null: not measured,
 * not shown.
 */
record Result(
    Key key,
    Judgement judge,
    List<String> violations,
    Speeds speeds,
    Latency latency,
    Counts counts,
    @Nullable Double commandsPerRequest,
    @Nullable Double tripsPerRequest,
    boolean generatorBound) {

  /** Which target, in which experiment, in which variant of it ({@code ""}: it has none). */
  record Key(String target, String experiment, String variant) {
    static Key of(JsonNode node) {
      return new Key(
          Json.stringOr(node, "target", "?"),
          Json.stringOr(node, "experiment", "?"),
          Json.stringOr(node, "variant", ""));
    }

    Key inVariant(String other) {
      return new Key(target, experiment, other);
    }
  }

  /** Requests or rows a second; the ratio is to the bare server's rate. */
  record Speeds(
      @Nullable Double accepted,
      @Nullable Range acceptedRange,
      @Nullable Double refused,
      @Nullable Range refusedRange,
      @Nullable Double stored,
      @Nullable Double ceilingRatio) {
    static final Speeds NONE = new Speeds(null, null, null, null, null, null);
  }

  /** Milliseconds. */
  record Latency(
      @Nullable Double p50,
      @Nullable Double p99,
      @Nullable Double refusedP50,
      @Nullable Double refusedP99) {
    static final Latency NONE = new Latency(null, null, null, null);
  }

  /** How many. */
  record Counts(
      @Nullable Long runs,
      @Nullable Long coupons,
      @Nullable Long stock,
      @Nullable Long errors,
      @Nullable Long lostByKill,
      @Nullable Double storedWithinMs) {
    /** Coupons beyond the stock, 0 when there are none or it is not known. */
    long tooMany() {
      return coupons == null || stock == null ? 0 : Math.max(0, coupons - stock);
    }
  }

  /** Reads one. Whatever speeds a violated one may carry are dropped here, once for all readers. */
  static Result of(JsonNode node) {
    Judgement judge = Judgement.of(node);
    boolean shown = judge != Judgement.VIOLATED;
    return new Result(
        Key.of(node),
        judge,
        Json.strings(node, "violations"),
        shown ? speeds(node) : Speeds.NONE,
        shown ? latency(node) : Latency.NONE,
        counts(node),
        Json.number(node, "redisCommandsPerRequest"),
        Json.number(node, "redisRoundTripsPerRequest"),
        "generator".equals(Json.string(node, "bottleneck")));
  }

  private static Speeds speeds(JsonNode node) {
    return new Speeds(
        Json.number(node, "acceptedPerSecond"),
        Range.of(Json.number(node, "acceptedMin"), Json.number(node, "acceptedMax")),
        Json.number(node, "refusedPerSecond"),
        Range.of(Json.number(node, "refusedMin"), Json.number(node, "refusedMax")),
        Json.number(node, "storedPerSecond"),
        Json.number(node, "ceilingRatio"));
  }

  private static Latency latency(JsonNode node) {
    return new Latency(
        Json.number(node, "p50Ms"),
        Json.number(node, "p99Ms"),
        Json.number(node, "refusedP50Ms"),
        Json.number(node, "refusedP99Ms"));
  }

  private static Counts counts(JsonNode node) {
    return new Counts(
        Json.whole(node, "runs"),
        Json.whole(node, "coupons"),
        Json.whole(node, "stock"),
        Json.whole(node, "errors"),
        Json.whole(node, "lostByKill"),
        Json.number(node, "storedWithinMs"));
  }

  boolean violated() {
    return judge == Judgement.VIOLATED;
  }

  Legend legend() {
    return Legend.of(key.target());
  }
}
