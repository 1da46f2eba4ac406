package io.sunchak.bench.experiment;

import io.sunchak.bench.ceiling.NettyCeiling;
import io.sunchak.bench.result.Figures;
import io.sunchak.bench.result.Figures.Count;
import io.sunchak.bench.result.Figures.RedisCost;
import io.sunchak.bench.result.Figures.Storing;
import io.sunchak.bench.result.Run;
import io.sunchak.bench.result.Run.Circumstances;
import io.sunchak.bench.subject.RedisCounters;
import io.sunchak.bench.subject.Session;
import io.sunchak.bench.subject.Target;
import io.sunchak.core.CampaignId;
import io.sunchak.core.Stock;
import io.sunchak.judge.Invocation;
import io.sunchak.load.generator.Credentials;
import io.sunchak.load.generator.Endpoint;
import io.sunchak.load.generator.Load;
import io.sunchak.load.generator.LoadGenerator;
import io.sunchak.load.generator.Shots;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Drives one session: sends, waits for the ledger, judges. Every experiment is made of its steps.
 */
final class Driver {
  static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Longer than the slowest drain's pause. */
  static final Duration STILL = Duration.ofSeconds(25);

  /** So that the lab's drain, which stores a few hundred a second, is done with them soon. */
  private static final int LAB_WARM_UP = 1_000;

  /** A second of warming up that was shorter ended because its shots had run out. */
  private static final double RAN_OUT = 0.9;

  private static final int OPEN_LOOP_SECONDS = 3;

  private static final int GENERATOR_ROUNDS = 5;

  private static final Duration LONGEST = Duration.ofMinutes(5);

  private final Trial trial;
  private final Session session;
  private final LoadGenerator generator;

  /** A load that was sent and what Redis counted meanwhile. */
  record Sent(Tally tally, RedisCounters.Counts redis) {
    RedisCost redisCost() {
      double requests = Math.max(1, tally.requests());
      return new RedisCost(redis.commands() / requests, redis.reads() / requests);
    }
  }

  Driver(Trial trial, Session session, LoadGenerator generator) {
    this.trial = trial;
    this.session = session;
    this.generator = generator;
  }

  Session session() {
    return session;
  }

  boolean isLab() {
    return trial.target().kind() == Target.Kind.LAB;
  }

  long seed() {
    return trial.seed();
  }

  /** Closed loop. */
  Sent send(
      List<CampaignId> campaigns, Credentials users, Shots shots, int connections, Duration longest)
      throws InterruptedException {
    return send(
        new Load(
            session.nodes(),
            Endpoint.issue(campaigns),
            users,
            shots,
            null,
            connections,
            longest,
            PATIENCE));
  }

  /** Open loop: so many a second. */
  Sent send(CampaignId campaign, Credentials users, Shots shots, double perSecond, int connections)
      throws InterruptedException {
    return send(
        new Load(
            session.nodes(),
            List.of(Endpoint.issue(campaign)),
            users,
            shots,
            perSecond,
            connections,
            LONGEST,
            PATIENCE));
  }

  private Sent send(Load load) throws InterruptedException {
    RedisCounters.Counts before = session.redis().read();
    Tally tally = new Tally(generator.run(load));
    return new Sent(tally, session.redis().read().since(before));
  }

  /** New users to a campaign of its own until the rate is steady, as {@link WarmUp} says. */
  WarmUp warmUp(int seconds, int connections, Stock stock, Credentials users)
      throws InterruptedException {
    CampaignId campaign = session.open("warm", stock);
    Shots fresh = Shots.rounds(0, warmUpUsers(users.count()), 1);
    return warmUp(seconds, connections, List.of(campaign), users, fresh);
  }

  /**
   * Sends until the rate is steady, as {@link WarmUp} says.
   *
   * @param campaigns not those that are measured; the first is the one that accepts
   * @param fresh the same kind of shots as is measured afterwards: for another kind the generator's
   *     compiled code does not hold, and it is slow in the first half second. When they have run
   *     out, everybody presses again
   */
  WarmUp warmUp(
      int seconds, int connections, List<CampaignId> campaigns, Credentials users, Shots fresh)
      throws InterruptedException {
    WarmUp rates = new WarmUp(seconds);
    Duration second = Duration.ofSeconds(1);
    Shots shots = fresh;
    boolean ranOut = false;
    long accepted = 0;
    while (rates.goOn()) {
      Tally tally = send(campaigns, users, shots, connections, second).tally();
      accepted += tally.accepted();
      if (!ranOut && tally.seconds() < RAN_OUT) {
        ranOut = true;
        shots = Shots.endless(0, warmUpUsers(users.count()));
      } else {
        rates.add(tally.requests() / tally.seconds());
      }
    }
    session.ledger().await(campaigns.getFirst(), accepted, STILL);
    return rates;
  }

  /**
   * The same open loop against a bare server, again and again: a generator that has sent nothing
   * yet is late by itself, which would be measured as the target's.
   */
  void warmGenerator(Credentials users, Shots shots, double perSecond, int connections)
      throws InterruptedException {
    List<Endpoint> endpoints = List.of(Endpoint.issue(new CampaignId("open")));
    try (NettyCeiling bare = NettyCeiling.start(true)) {
      for (int round = 0; round < GENERATOR_ROUNDS; round++) {
        var _ =
            generator.run(
                new Load(
                    List.of(bare.url()),
                    endpoints,
                    users,
                    shots,
                    perSecond,
                    connections,
                    LONGEST,
                    PATIENCE));
      }
    }
    System.gc(); // now, not during the measured load
  }

  /** How many of so many users take part in warming up. */
  int warmUpUsers(int count) {
    return isLab() ? Math.min(LAB_WARM_UP, count) : count;
  }

  /** A few seconds of an open loop, whose way through the generator no closed one takes. */
  void warmUpOpenLoop(Credentials users, double perSecond, int connections)
      throws InterruptedException {
    CampaignId campaign = session.open("warm", Stock.unlimited());
    int requests = Math.min(users.count(), (int) (perSecond * OPEN_LOOP_SECONDS));
    Tally tally =
        send(campaign, users, Shots.rounds(0, requests, 1), perSecond, connections).tally();
    session.ledger().await(campaign, tally.accepted(), STILL);
  }

  /** Waits for the ledger, then lets the judge compare it with what was answered. */
  Judged judge(Tally tally, int number, CampaignId campaign, Credentials users, Stock stock)
      throws InterruptedException {
    return judge(tally.history(number, campaign, users), campaign, stock);
  }

  Judged judge(List<Invocation> history, CampaignId campaign, Stock stock)
      throws InterruptedException {
    session.ledger().await(campaign, Judged.promised(history), STILL);
    Judged judged =
        Judged.of(
            history, session.ledger().rows(campaign), session.ledger().failures(campaign), stock);
    // Now, not during the next load: the pause of this process would be measured as the server's.
    System.gc();
    return judged;
  }

  /** The run's record. */
  Run run(Sent sent, Judged judged, Stock stock, String variant, Warm warm) {
    Tally tally = sent.tally();
    LoadGenerator.Result result = tally.result();
    Figures figures =
        Figures.NONE
            .with(tally.speeds())
            .with(sent.redisCost())
            .with(new Storing(null, judged.storedWithinMillis(result.startedAt()), null))
            .with(new Count((long) judged.rows().size(), stock.total()))
            .limitedByGenerator(result.isBottleneck());
    return record(tally, figures, TimeSeries.of(result, judged.rows(), stock), variant, warm)
        .judged(judged.verdict());
  }

  Run record(Tally tally, Figures figures, List<Run.Point> series, String variant, Warm warm) {
    return new Run(
        trial.target().label(),
        trial.experiment(),
        variant.isEmpty() ? null : variant,
        trial.number(),
        circumstances(tally.result().startedAt(), tally.seconds(), warm),
        tally.accepted(),
        tally.repeated(),
        tally.refused(),
        tally.unknown(),
        figures,
        tally.latencies(),
        series,
        "none",
        List.of());
  }

  /** How it was prepared: for so long, and over so many connections it was measured. */
  record Warm(double seconds, int connections) {}

  private Circumstances circumstances(Instant startedAt, double measured, Warm warm) {
    Map<String, String> configuration = new LinkedHashMap<>();
    configuration.put("engines", session.describeEngines());
    configuration.put("durability", "appendfsync always, fsync on");
    configuration.put("jvm", Session.JVM);
    configuration.put("servers", Integer.toString(session.nodes().size()));
    return new Circumstances(
        trial.commit(),
        startedAt.toString(),
        trial.machine(),
        configuration,
        trial.seed(),
        warm.seconds(),
        measured,
        warm.connections());
  }
}
