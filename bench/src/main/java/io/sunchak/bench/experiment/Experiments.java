package io.sunchak.bench.experiment;

import io.sunchak.bench.result.Run;
import io.sunchak.bench.subject.Session;
import io.sunchak.bench.subject.Target;
import io.sunchak.bench.workload.Workload;
import io.sunchak.load.generator.LoadGenerator;
import java.util.List;

/** Makes runs: the one place that knows which experiment does what a workload says. */
final class Experiments {
  private Experiments() {}

  /** Whether it wants a server that did nothing before, and leaves none that others could use. */
  static boolean isAlone(Workload workload) {
    return switch (workload) {
      case Workload.Burst burst -> burst.idleSeconds() > 0;
      case Workload.Steady _, Workload.OpenLoop _ -> false;
      case Workload.Drain _, Workload.Scale _, Workload.Nodes _, Workload.Reads _ -> true;
    };
  }

  /** What the server is started with for it. */
  static List<String> arguments(Workload workload, Target target) {
    return workload instanceof Workload.Drain && target.kind() == Target.Kind.LAB
        ? DrainExperiment.LAB_ARGUMENTS
        : List.of();
  }

  /** One run against a server that is up. */
  static List<Run> run(Trial trial, Workload workload, Session session, LoadGenerator generator)
      throws InterruptedException {
    Experiment experiment =
        switch (workload) {
          case Workload.Burst plan -> new BurstExperiment(plan);
          case Workload.Steady plan -> new SteadyExperiment(plan);
          case Workload.OpenLoop plan -> new OpenLoopExperiment(plan);
          case Workload.Drain plan -> new DrainExperiment(plan);
          case Workload.Scale plan -> new ScaleExperiment(plan);
          case Workload.Nodes plan -> new NodesExperiment(plan);
          case Workload.Reads plan -> new ReadsExperiment(plan);
        };
    return experiment.on(new Driver(trial, session, generator));
  }
}
