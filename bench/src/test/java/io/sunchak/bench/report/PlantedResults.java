package io.sunchak.bench.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A folder of results as the bench writes them, all figures MADE UP: nothing here was measured.
 * {@link #everything} holds every target and experiment; tests add what they are about.
 */
final class PlantedResults {
  static final String MACHINE = "Invented CPU @ 2.0 GHz, 2 cores, 8 GiB, Inventix 12, Java 25";

  private final Path folder;
  private final Random random = new Random(600);
  private final List<Map<String, @Nullable Object>> results = new ArrayList<>();

  PlantedResults(Path folder) {
    this.folder = folder;
    try {
      Files.createDirectories(folder.resolve("runs"));
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  /** Writes the folder for looking at the page: {@code PlantedResults DIR}. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    new PlantedResults(folder).everything().write();
    ReportWriter.write(folder);
  }

  /** Adds an entry to {@code results.json}; values alternate with their names. */
  PlantedResults result(String target, String experiment, @Nullable Object... fields) {
    Map<String, @Nullable Object> entry = new LinkedHashMap<>();
    entry.put("target", target);
    entry.put("experiment", experiment);
    entry.putAll(fields(fields));
    results.add(entry);
    return this;
  }

  /** Adds a run file. */
  PlantedResults run(
      String file, String target, String experiment, int number, @Nullable Object... fields) {
    Map<String, @Nullable Object> run = new LinkedHashMap<>();
    run.put("target", target);
    run.put("experiment", experiment);
    run.put("run", number);
    run.put("commit", "0ddba11");
    run.put("startedAt", "2026-11-24T12:00:0" + number % 10 + "Z");
    run.put(
        "machine",
        Map.of(
            "cpu",
            "Invented CPU @ 2.0 GHz",
            "cores",
            2,
            "memoryGiB",
            8,
            "os",
            "Inventix 12",
            "java",
            "25"));
    run.put("judge", "ok");
    run.putAll(fields(fields));
    return file(file, Json.MAPPER.writeValueAsString(run));
  }

  PlantedResults file(String name, String content) {
    try {
      Files.writeString(folder.resolve("runs").resolve(name), content);
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
    return this;
  }

  Path write() {
    try {
      Files.writeString(folder.resolve("results.json"), Json.MAPPER.writeValueAsString(results));
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
    return folder;
  }

  static Map<String, @Nullable Object> fields(@Nullable Object... alternating) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    for (int i = 0; i < alternating.length; i += 2) {
      fields.put(String.valueOf(alternating[i]), alternating[i + 1]);
    }
    return fields;
  }

  PlantedResults everything() {
    String[] targets = {
      "V1", "V2", "V3", "V3-reactive", "V4", "V4-virtual", "V4-reactive", "V5", "V6"
    };
    double[] accepts = {93, 2_412, 2_876, 2_104, 3_310, 3_642, 4_180, 4_515, 61_230};
    double[] refuses = {118, 3_950, 5_210, 4_480, 14_300, 15_120, 21_700, 22_400, 88_400};
    double[] commands = {10.4, 5, 2, 2, 1, 1, 1, 1, 0.031};
    for (int i = 0; i < targets.length; i++) {
      seed600(targets[i], accepts[i]);
      accept(targets[i], accepts[i], commands[i]);
      mixed(targets[i], accepts[i] * 0.6, refuses[i] * 0.3);
      soldOut(targets[i], refuses[i], commands[i]);
      latency(targets[i], accepts[i]);
    }
    ceilings();
    drains();
    productOnly();
    return this;
  }

  private void seed600(String target, double rate) {
    boolean wrong = target.equals("V2");
    result(
        target,
        "seed-600",
        "acceptedPerSecond",
        wrong ? null : rate,
        "judge",
        wrong ? "violated" : "ok",
        "violations",
        wrong ? List.of("I1 651 rows, 600 coupons", "I1 sequence 651 beyond 600") : List.of(),
        "runs",
        5,
        "acceptedMin",
        wrong ? null : rate * 0.9,
        "acceptedMax",
        wrong ? null : rate * 1.1,
        "coupons",
        wrong ? 651 : 600,
        "stock",
        600,
        "p50Ms",
        wrong ? null : 64_000 / rate,
        "p99Ms",
        wrong ? null : 200_000 / rate);
    for (int n = 1; n <= 5; n++) {
      run(
          "seed-600.%s.%d.json".formatted(target, n),
          target,
          "seed-600",
          n,
          "judge",
          wrong ? "violated" : "ok",
          "acceptedPerSecond",
          wrong ? null : rate * (0.85 + 0.05 * n),
          "series",
          falling(600, rate));
    }
  }

  private void accept(String target, double rate, double commands) {
    double p50 = 64_000 / rate * 0.8;
    result(
        target,
        "accept",
        "acceptedPerSecond",
        rate,
        "acceptedMin",
        rate * 0.93,
        "acceptedMax",
        rate * 1.06,
        "runs",
        5,
        "p50Ms",
        p50,
        "p99Ms",
        p50 * 3.4,
        "ceilingRatio",
        rate / 126_400,
        "redisCommandsPerRequest",
        commands,
        "redisRoundTripsPerRequest",
        commands > 5 ? 7.2 : commands,
        "judge",
        "ok",
        "violations",
        List.of(),
        "errors",
        0);
    for (int n = 1; n <= 5; n++) {
      run(
          "accept.%s.%d.json".formatted(target, n),
          target,
          "accept",
          n,
          "acceptedPerSecond",
          rate * (0.88 + 0.04 * n),
          "latencyMs",
          Map.of("accepted", percentiles(p50)));
    }
  }

  private void mixed(String target, double accepted, double refused) {
    result(
        target,
        "mixed",
        "acceptedPerSecond",
        accepted,
        "acceptedMin",
        accepted * 0.9,
        "acceptedMax",
        accepted * 1.1,
        "refusedPerSecond",
        refused,
        "p50Ms",
        30_000 / accepted,
        "p99Ms",
        100_000 / accepted,
        "runs",
        5,
        "ceilingRatio",
        accepted / 126_400,
        "judge",
        "ok",
        "violations",
        List.of());
    run("mixed.%s.1.json".formatted(target), target, "mixed", 1, "acceptedPerSecond", accepted);
  }

  private void soldOut(String target, double rate, double commands) {
    double p50 = 64_000 / rate * 0.8;
    result(
        target,
        "sold-out",
        "refusedPerSecond",
        rate,
        "refusedP50Ms",
        p50,
        "refusedP99Ms",
        p50 * 3,
        "runs",
        5,
        "ceilingRatio",
        rate / 126_900,
        "redisCommandsPerRequest",
        target.startsWith("V4") ? 0.002 : commands * 0.7,
        "judge",
        "ok",
        "violations",
        List.of());
    run(
        "sold-out.%s.1.json".formatted(target),
        target,
        "sold-out",
        1,
        "latencyMs",
        Map.of("refused", percentiles(p50)));
  }

  private void latency(String target, double rate) {
    if (!target.equals("V6")) {
      return;
    }
    for (int share : new int[] {25, 50, 75}) {
      double p50 = 0.9 + share / 50.0;
      result(
          target,
          "latency",
          "variant",
          share + "%",
          "acceptedPerSecond",
          rate * share / 100,
          "p50Ms",
          p50,
          "p99Ms",
          p50 * 4,
          "refusedP50Ms",
          p50 * 0.7,
          "refusedP99Ms",
          p50 * 3,
          "judge",
          "ok",
          "violations",
          List.of(),
          "runs",
          3);
      for (int n = 1; n <= 3; n++) {
        run(
            "latency.V6.%d.%d.json".formatted(share, n),
            target,
            "latency",
            n,
            "variant",
            share + "%",
            "latencyMs",
            Map.of("accepted", percentiles(p50), "refused", percentiles(p50 * 0.7)));
      }
    }
  }

  private void ceilings() {
    result(
        "ceiling-netty",
        "accept",
        "acceptedPerSecond",
        126_400,
        "acceptedMin",
        124_900,
        "acceptedMax",
        128_100,
        "p50Ms",
        0.4,
        "p99Ms",
        2.1,
        "judge",
        "none",
        "violations",
        List.of(),
        "runs",
        5,
        "bottleneck",
        "generator",
        "ceilingRatio",
        1);
    run(
        "accept.ceiling-netty.1.json",
        "ceiling-netty",
        "accept",
        1,
        "judge",
        "none",
        "acceptedPerSecond",
        126_400);
    result(
        "ceiling-redis-single",
        "accept",
        "acceptedPerSecond",
        53_100,
        "judge",
        "none",
        "violations",
        List.of(),
        "ceilingRatio",
        0.42);
    result(
        "ceiling-redis-grouped",
        "accept",
        "acceptedPerSecond",
        112_300,
        "judge",
        "none",
        "violations",
        List.of(),
        "ceilingRatio",
        0.89);
    result(
        "ceiling-netty",
        "sold-out",
        "refusedPerSecond",
        126_900,
        "judge",
        "none",
        "violations",
        List.of(),
        "ceilingRatio",
        1);
    result(
        "ceiling-unnest",
        "drain",
        "storedPerSecond",
        310_000,
        "judge",
        "none",
        "violations",
        List.of());
    result(
        "ceiling-copy",
        "drain",
        "storedPerSecond",
        402_000,
        "judge",
        "none",
        "violations",
        List.of());
  }

  private void drains() {
    String[] targets = {
      "V1", "V2", "V3", "V4", "V5", "drain-1", "drain-2", "drain-3", "drain-4", "V6"
    };
    double[] rates = {812, 805, 820, 790, 705, 690, 212, 640, 712, 118_400};
    long[] lost = {1, 1, 1, 1, 9_204, 0, 37, 512, 9_742, 0};
    for (int i = 0; i < targets.length; i++) {
      boolean wrong = targets[i].matches("drain-[13]");
      result(
          targets[i],
          "drain",
          "storedPerSecond",
          wrong ? null : rates[i],
          "lostByKill",
          lost[i],
          "judge",
          wrong ? "violated" : "ok",
          "violations",
          wrong ? List.of("I3 31 accepted, in no row", "I5 12 pairs out of order") : List.of());
      run(
          "drain.%s.1.json".formatted(targets[i]),
          targets[i],
          "drain",
          1,
          "judge",
          wrong ? "violated" : "ok",
          "storedPerSecond",
          wrong ? null : rates[i],
          "series",
          rising(targets[i].equals("V6") ? 100_000 : 10_000, rates[i]));
    }
  }

  private void productOnly() {
    for (String issued : new String[] {"10000", "100000", "1000000", "5000000"}) {
      double rate = 61_000 - issued.length() * 300;
      result(
          "V6",
          "scale",
          "variant",
          issued,
          "acceptedPerSecond",
          rate,
          "acceptedMin",
          rate * 0.95,
          "acceptedMax",
          rate * 1.04,
          "p50Ms",
          1.4,
          "p99Ms",
          4.4,
          "judge",
          "ok",
          "violations",
          List.of(),
          "runs",
          3);
      run("scale.V6.%s.1.json".formatted(issued), "V6", "scale", 1, "variant", issued);
    }
    for (int nodes = 1; nodes <= 3; nodes++) {
      result(
          "V6",
          "nodes",
          "variant",
          nodes + (nodes == 1 ? " node" : " nodes"),
          "acceptedPerSecond",
          61_000 - 4_000 * nodes,
          "p50Ms",
          1.4,
          "p99Ms",
          4.4 + nodes,
          "judge",
          "ok",
          "violations",
          List.of(),
          "runs",
          3);
    }
    result(
        "V6",
        "cold",
        "acceptedPerSecond",
        9_310,
        "p50Ms",
        31,
        "p99Ms",
        412,
        "judge",
        "ok",
        "violations",
        List.of(),
        "errors",
        0);
    run("cold.V6.1.json", "V6", "cold", 1, "latencyMs", Map.of("accepted", percentiles(31)));
    for (int users : new int[] {20_000, 40_000}) {
      String experiment = "fcfs-" + users / 1000 + "k";
      result(
          "V6",
          experiment,
          "acceptedPerSecond",
          14_120,
          "p50Ms",
          96,
          "p99Ms",
          users / 60,
          "judge",
          "ok",
          "violations",
          List.of(),
          "coupons",
          10_000,
          "stock",
          10_000,
          "errors",
          0,
          "storedWithinMs",
          920 + users / 100,
          "runs",
          3);
      for (int n = 1; n <= 3; n++) {
        run(
            "%s.V6.%d.json".formatted(experiment, n),
            "V6",
            experiment,
            n,
            "acceptedPerSecond",
            14_000 + n,
            "latencyMs",
            Map.of("accepted", percentiles(96), "refused", percentiles(70)),
            "series",
            falling(10_000, 14_000));
      }
    }
  }

  private Map<String, Double> percentiles(double p50) {
    double noise = 0.95 + random.nextDouble() / 10;
    return Map.of(
        "p50",
        p50 * noise,
        "p75",
        p50 * 1.3 * noise,
        "p90",
        p50 * 1.9 * noise,
        "p95",
        p50 * 2.4 * noise,
        "p99",
        p50 * 3.4 * noise,
        "p999",
        p50 * 6.1 * noise,
        "max",
        p50 * 14 * noise);
  }

  private List<Map<String, @Nullable Object>> falling(double stock, double rate) {
    List<Map<String, @Nullable Object>> points = new ArrayList<>();
    double left = stock;
    for (int i = 0; i < 2000 && left > 0; i++) {
      left = Math.max(0, stock - rate * i / 10 * (0.97 + random.nextDouble() * 0.06));
      points.add(
          fields(
              "t",
              i / 10.0,
              "accepted",
              stock - Math.round(left),
              "refused",
              0,
              "remaining",
              Math.round(left)));
    }
    points.add(fields("t", points.size() / 10.0, "remaining", 0));
    return points;
  }

  private static List<Map<String, @Nullable Object>> rising(double backlog, double rate) {
    List<Map<String, @Nullable Object>> points = new ArrayList<>();
    double stored = 0;
    for (int i = 0; i < 2000 && stored < backlog; i++) {
      stored = Math.min(backlog, rate * i / 10);
      points.add(
          fields(
              "t",
              i / 10.0,
              "stored",
              Math.round(stored),
              "backlog",
              backlog - Math.round(stored)));
    }
    return points;
  }
}
