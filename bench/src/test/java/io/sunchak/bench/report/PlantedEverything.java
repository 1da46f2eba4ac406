package io.sunchak.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Every target in every experiment, with MADE-UP figures of a likely size. */
record PlantedEverything(PlantedResults planted) {
  static final List<String> TARGETS =
      List.of("V1", "V2", "V3", "V3-reactive", "V4", "V4-virtual", "V4-reactive", "V5", "V6");
  private static final double[] ACCEPTS = {93, 2412, 2876, 2104, 3310, 3642, 4180, 4515, 61230};
  private static final double[] REFUSES = {
    118, 3950, 5210, 4480, 14300, 15120, 21700, 22400, 88400
  };
  private static final double[] COMMANDS = {10.4, 5, 2, 2, 1, 1, 1, 1, 0.031};
  private static final String OK = "'judge':'ok','violations':[]";
  private static final String NONE = "'judge':'none','violations':[]";
  private static final String OVERSOLD =
      "'judge':'violated','violations':['I1 651 rows of 600 coupons','I1 sequence 651 beyond 600'],'coupons':651,'stock':600";

  PlantedResults plant() {
    for (int i = 0; i < TARGETS.size(); i++) {
      seed600(TARGETS.get(i), ACCEPTS[i]);
      accept(TARGETS.get(i), ACCEPTS[i], COMMANDS[i]);
      mixed(TARGETS.get(i), ACCEPTS[i] * 0.6, REFUSES[i] * 0.3);
      soldOut(TARGETS.get(i), REFUSES[i], COMMANDS[i] / 3);
    }
    ceilings();
    drains();
    latency();
    growth();
    crowds();
    return planted;
  }

  private void seed600(String target, double rate) {
    boolean wrong = target.equals("V2");
    String right =
        speeds(rate) + latencies(48_000 / rate) + OK + ",'runs':5,'coupons':600,'stock':600";
    planted.result(
        target, "seed-600", wrong ? "'acceptedPerSecond':null,'runs':5," + OVERSOLD : right);
    for (int n = 1; n <= 5; n++) {
      String run = "'coupons':600,'acceptedPerSecond':%s,".formatted(rate * (0.85 + 0.05 * n)) + OK;
      String oversold = n == 4 ? OVERSOLD : OVERSOLD.replace("651", "61" + n);
      planted.run(target, "seed-600", n, (wrong ? oversold : run) + "," + falling(600, rate));
    }
  }

  private void accept(String target, double rate, double commands) {
    planted.result(
        target,
        "accept",
        speeds(rate)
            + latencies(48_000 / rate)
            + OK
            + ",'runs':5,'errors':0,'ceilingRatio':%s,".formatted(rate / 126_400)
            + "'redisCommandsPerRequest':%s,'redisRoundTripsPerRequest':%s"
                .formatted(commands, Math.min(commands, 7.2)));
    for (int n = 1; n <= 5; n++) {
      planted.run(
          target,
          "accept",
          n,
          "'acceptedPerSecond':%s,'latencyMs':{%s},"
                  .formatted(rate * (0.88 + 0.04 * n), percentiles("accepted", 48_000 / rate))
              + OK);
    }
  }

  private void mixed(String target, double accepted, double refused) {
    planted.result(
        target,
        "mixed",
        speeds(accepted)
            + latencies(30_000 / accepted)
            + "'refusedPerSecond':%s,'runs':5,".formatted(refused)
            + OK);
    planted.run(target, "mixed", 1, "'acceptedPerSecond':%s,".formatted(accepted) + OK);
  }

  private void soldOut(String target, double rate, double commands) {
    double p50 = 48_000 / rate;
    planted.result(
        target,
        "sold-out",
        "'refusedPerSecond':%s,'refusedMin':%s,'refusedMax':%s,"
                .formatted(rate, rate * 0.92, rate * 1.08)
            + "'refusedP50Ms':%s,'refusedP99Ms':%s,'ceilingRatio':%s,'redisCommandsPerRequest':%s,'runs':5,"
                .formatted(p50, p50 * 3.4, rate / 126_900, commands)
            + OK);
    for (int n = 1; n <= 5; n++) {
      planted.run(
          target,
          "sold-out",
          n,
          "'refusedPerSecond':%s,'latencyMs':{%s},"
                  .formatted(rate * (0.88 + 0.04 * n), percentiles("refused", p50))
              + OK);
    }
  }

  private void ceilings() {
    planted
        .result(
            "ceiling-netty",
            "accept",
            speeds(126_400) + "'ceilingRatio':1,'bottleneck':'generator'," + NONE)
        .run("ceiling-netty", "accept", 1, "'acceptedPerSecond':126400," + NONE)
        .result("ceiling-redis-single", "accept", speeds(53_100) + "'ceilingRatio':0.42," + NONE)
        .result("ceiling-redis-grouped", "accept", speeds(112_300) + "'ceilingRatio':0.89," + NONE)
        .result("ceiling-netty", "sold-out", "'refusedPerSecond':126900,'ceilingRatio':1," + NONE)
        .result("ceiling-unnest", "drain", "'storedPerSecond':310000," + NONE)
        .result("ceiling-copy", "drain", "'storedPerSecond':402000," + NONE);
  }

  private void drains() {
    List<String> targets =
        List.of("V1", "V2", "V3", "V4", "V5", "drain-1", "drain-2", "drain-3", "drain-4", "V6");
    double[] rates = {812, 805, 820, 790, 705, 690, 212, 640, 712, 118_400};
    int[] lost = {1, 1, 1, 1, 9204, 0, 37, 512, 9742, 0};
    for (int i = 0; i < rates.length; i++) {
      boolean wrong = targets.get(i).matches("drain-[13]");
      String judged =
          wrong
              ? "'judge':'violated','violations':['I5 12 pairs out of order','I3 31 accepted, in no row']"
              : OK;
      String stored = wrong ? "" : "'storedPerSecond':%s,".formatted(rates[i]);
      planted.result(
          targets.get(i), "drain", stored + "'lostByKill':%d,".formatted(lost[i]) + judged);
      planted.run(
          targets.get(i),
          "drain",
          1,
          stored + judged + "," + rising(i == 9 ? 100_000 : 10_000, rates[i]));
    }
  }

  private void latency() {
    for (int share = 25; share <= 75; share += 25) {
      double p50 = 0.9 + share / 50.0;
      planted.result(
          "V6",
          "latency",
          "'variant':'%d%%',".formatted(share)
              + latencies(p50)
              + "'refusedP50Ms':%s,'refusedP99Ms':%s,'runs':3,".formatted(p50 * 0.7, p50 * 2.4)
              + OK);
      planted.run(
          "V6",
          "latency",
          share,
          "'variant':'%d%%','latencyMs':{%s,%s},"
                  .formatted(share, percentiles("accepted", p50), percentiles("refused", p50 * 0.7))
              + OK);
    }
    planted.result("V6", "cold", "'acceptedPerSecond':9310,'errors':0," + latencies(31) + OK);
    planted.run("V6", "cold", 1, "'latencyMs':{%s},".formatted(percentiles("accepted", 31)) + OK);
  }

  private void growth() {
    double rate = 60_400;
    for (int issued : new int[] {10_000, 100_000, 1_000_000, 5_000_000}) {
      rate -= 380;
      planted.result(
          "V6", "scale", "'variant':'%d',".formatted(issued) + speeds(rate) + latencies(1.4) + OK);
    }
    for (int nodes = 1; nodes <= 3; nodes++) {
      planted.result(
          "V6",
          "nodes",
          "'variant':'%d node%s',".formatted(nodes, nodes == 1 ? "" : "s")
              + speeds(61_000 - 4_000 * nodes)
              + latencies(1.4 + nodes)
              + OK);
    }
  }

  private void crowds() {
    for (int users : new int[] {20, 40}) {
      String experiment = "fcfs-" + users + "k";
      planted.result(
          "V6",
          experiment,
          "'coupons':10000,'stock':10000,'errors':0,'storedWithinMs':%d,"
                  .formatted(900 + users * 10)
              + "'acceptedPerSecond':14120,"
              + latencies(users * 4)
              + OK);
      planted.run(
          "V6", experiment, 1, "'acceptedPerSecond':14120," + OK + "," + falling(10_000, 14_120));
    }
  }

  private static String speeds(double rate) {
    return "'acceptedPerSecond':%s,'acceptedMin':%s,'acceptedMax':%s,"
        .formatted(rate, rate * 0.93, rate * 1.06);
  }

  private static String latencies(double p50) {
    return "'p50Ms':%s,'p99Ms':%s,".formatted(p50, p50 * 3.4);
  }

  private static String percentiles(String name, double p50) {
    return "'%s':{'p50':%s,'p75':%s,'p90':%s,'p95':%s,'p99':%s,'p999':%s,'max':%s}"
        .formatted(name, p50, p50 * 1.3, p50 * 1.9, p50 * 2.4, p50 * 3.4, p50 * 6.1, p50 * 14);
  }

  private static String falling(double stock, double rate) {
    List<String> points = new ArrayList<>();
    for (int i = 0; i == 0 || stock - rate * (i - 1) / 10 > 0; i++) {
      long accepted = Math.round(Math.min(stock, rate * i / 10));
      points.add(
          "{'t':%s,'accepted':%d,'remaining':%d}"
              .formatted(i / 10.0, accepted, Math.round(stock) - accepted));
    }
    return "'series':[" + String.join(",", points) + "]";
  }

  private static String rising(double backlog, double rate) {
    List<String> points = new ArrayList<>();
    for (int i = 0; i == 0 || rate * (i - 1) / 10 < backlog; i++) {
      points.add(
          String.format(
              Locale.ROOT,
              "{'t':%s,'stored':%d}",
              i / 10.0,
              Math.round(Math.min(backlog, rate * i / 10))));
    }
    return "'series':[" + String.join(",", points) + "]";
  }
}
