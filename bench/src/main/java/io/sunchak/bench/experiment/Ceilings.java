package io.sunchak.bench.experiment;

import io.sunchak.bench.ceiling.LedgerCeiling;
import io.sunchak.bench.ceiling.NettyCeiling;
import io.sunchak.bench.ceiling.RedisCeiling;
import io.sunchak.bench.result.Figures;
import io.sunchak.bench.result.Run;
import io.sunchak.bench.subject.Engines;
import io.sunchak.bench.subject.Session;
import io.sunchak.bench.subject.Target;
import io.sunchak.bench.workload.Workload;
import io.sunchak.load.command.CommandException;
import io.sunchak.load.generator.LoadGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Makes runs of the ceilings: what an engine, or a bare server, does at most. */
final class Ceilings {
  private static final int GROUP = 64;
  private static final int GROUPS_IN_FLIGHT = 4;
  private static final int SINGLES_IN_FLIGHT = 64;
  private static final Duration CEILING = Duration.ofSeconds(5);
  private static final int CEILING_ROWS = 200_000;

  private Ceilings() {}

  /** One run of a ceiling. */
  static Run run(Trial trial, Workload workload, LoadGenerator generator)
      throws InterruptedException {
    if (trial.target() == Target.CEILING_NETTY && workload instanceof Workload.Steady plan) {
      return netty(trial, plan, generator);
    }
    Instant started = Instant.now();
    try (Engines engines = Engines.start(trial.work())) {
      Figures figures =
          switch (trial.target()) {
            case CEILING_REDIS_SINGLE ->
                Figures.accepted(RedisCeiling.measure(engines, 1, SINGLES_IN_FLIGHT, CEILING));
            case CEILING_REDIS_GROUPED ->
                Figures.accepted(RedisCeiling.measure(engines, GROUP, GROUPS_IN_FLIGHT, CEILING));
            case CEILING_UNNEST ->
                Figures.stored(
                    LedgerCeiling.measure(engines, LedgerCeiling.Way.UNNEST, CEILING_ROWS));
            case CEILING_COPY ->
                Figures.stored(
                    LedgerCeiling.measure(engines, LedgerCeiling.Way.COPY, CEILING_ROWS));
            case CEILING_COPY_REGEX ->
                Figures.stored(
                    LedgerCeiling.measureWithRegex(engines, LedgerCeiling.Way.COPY, CEILING_ROWS));
            default ->
                throw new CommandException(
                    trial.target().label() + " does not stand in " + trial.experiment(),
                    "take it out of that file's targets");
          };
      Map<String, String> configuration = Map.of("engines", engines.describe());
      return run(
          trial,
          figures,
          circumstances(trial, configuration, started, 0, (double) CEILING.toSeconds(), 1));
    }
  }

  private static Run netty(Trial trial, Workload.Steady plan, LoadGenerator generator)
      throws InterruptedException {
    WarmUp warmUp = new WarmUp(plan.warmupSeconds());
    Tally tally;
    try (NettyCeiling bare = NettyCeiling.start(plan.winners() > 0)) {
      while (warmUp.goOn()) {
        Tally second = new Tally(bare.load(generator, plan.connections(), 1));
        warmUp.add(second.requests() / second.seconds());
      }
      tally = new Tally(bare.load(generator, plan.connections(), plan.measureSeconds()));
    }
    Figures figures =
        Figures.NONE.with(tally.speeds()).limitedByGenerator(tally.result().isBottleneck());
    return run(
        trial,
        figures,
        circumstances(
            trial,
            Map.of("jvm", Session.JVM),
            tally.result().startedAt(),
            warmUp.seconds(),
            tally.seconds(),
            plan.connections()));
  }

  private static Run.Circumstances circumstances(
      Trial trial,
      Map<String, String> configuration,
      Instant started,
      int warmedUp,
      double measured,
      int connections) {
    return new Run.Circumstances(
        trial.commit(),
        started.toString(),
        trial.machine(),
        configuration,
        trial.seed(),
        warmedUp,
        measured,
        connections);
  }

  private static Run run(Trial trial, Figures figures, Run.Circumstances circumstances) {
    return new Run(
        trial.target().label(),
        trial.experiment(),
        null,
        trial.number(),
        circumstances,
        0,
        0,
        Map.of(),
        0,
        figures,
        Map.of(),
        List.of(),
        "none",
        List.of());
  }
}
