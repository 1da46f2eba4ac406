package io.sunchak.bench.experiment;

import io.sunchak.bench.result.Machine;
import io.sunchak.bench.result.ResultFolder;
import io.sunchak.bench.result.Run;
import io.sunchak.bench.subject.Session;
import io.sunchak.bench.subject.Target;
import io.sunchak.bench.workload.Workload;
import io.sunchak.embedded.files.FileTree;
import io.sunchak.load.command.CommandException;
import io.sunchak.load.generator.LoadGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Makes every run that is not there yet: in rounds, and in each round one target after the other,
 * so that a slow hour of the machine meets them all.
 */
public final class Bench {
  private final Map<String, Workload> workloads;
  private final Setup setup;
  private final ResultFolder results;
  private final Progress progress;
  private final Machine machine = Machine.here();

  /**
   * What is measured and where.
   *
   * @param command {@code ./sunchak}
   * @param work a folder for data and logs, emptied of data after each session
   * @param targets which of those that the workloads name
   * @param threads event loops of the generator
   */
  public record Setup(Path command, Path work, String commit, List<Target> targets, int threads) {}

  /** Hears how it goes. */
  public interface Progress {
    /** So many runs are to be made. */
    void begin(int runs);

    /** This one begins. */
    void running(String experiment, Target target);

    /** It was made, in as many records as it has variants. */
    void made(List<Run> runs);
  }

  /** One experiment of a target that shares a session with others. */
  private record Part(String experiment, Workload workload) {}

  public Bench(
      Map<String, Workload> workloads, Setup setup, ResultFolder results, Progress progress) {
    this.workloads = workloads;
    this.setup = setup;
    this.results = results;
    this.progress = progress;
  }

  /** Makes them. */
  public void run() throws InterruptedException {
    int most = workloads.values().stream().mapToInt(Workload::runs).max().orElse(0);
    int missing = 0;
    for (int number = 1; number <= most; number++) {
      for (Target target : setup.targets()) {
        missing += missing(target, number).size();
      }
    }
    progress.begin(missing);
    clean();
    try (LoadGenerator generator = new LoadGenerator(setup.threads())) {
      for (int number = 1; number <= most; number++) {
        for (Target target : setup.targets()) {
          round(target, number, generator);
        }
      }
    }
  }

  private List<Part> missing(Target target, int number) {
    List<Part> parts = new ArrayList<>();
    workloads.forEach((name, workload) -> {
      if (number <= workload.runs()
          && workload.targets().contains(target)
          && !results.has(name, target.label(), number)) {
        parts.add(new Part(name, workload));
      }
    });
    return parts;
  }

  private void round(Target target, int number, LoadGenerator generator)
      throws InterruptedException {
    List<Part> shared = new ArrayList<>();
    for (Part part : missing(target, number)) {
      if (target.kind() == Target.Kind.CEILING) {
        Trial trial = begin(part, target, number);
        keep(List.of(Ceilings.run(trial, part.workload(), generator)));
      } else if (Experiments.isAlone(part.workload())) {
        runSession(List.of(part), target, number, generator);
      } else {
        shared.add(part);
      }
    }
    if (!shared.isEmpty()) {
      runSession(shared, target, number, generator);
    }
  }

  private void runSession(List<Part> parts, Target target, int number, LoadGenerator generator)
      throws InterruptedException {
    List<String> arguments = Experiments.arguments(parts.getFirst().workload(), target);
    try (Session session = Session.open(target, setup.command(), folder(), 1, arguments)) {
      for (Part part : parts) {
        Trial trial = begin(part, target, number);
        keep(Experiments.run(trial, part.workload(), session, generator));
      }
    }
    clean();
  }

  /** Data and logs of a session that went well, or that was cut short long ago. */
  private void clean() {
    try {
      FileTree.delete(setup.work());
    } catch (IOException e) {
      throw new CommandException(
          "cannot empty " + setup.work() + ": " + e.getMessage(), "delete it");
    }
  }

  private Path folder() {
    try {
      return Files.createTempDirectory(Files.createDirectories(setup.work()), "session-");
    } catch (IOException e) {
      throw new CommandException("cannot make a folder in " + setup.work(), "look at its rights");
    }
  }

  private Trial begin(Part part, Target target, int number) {
    progress.running(part.experiment(), target);
    return new Trial(
        part.experiment(), target, number, setup.command(), setup.work(), setup.commit(), machine);
  }

  private void keep(List<Run> runs) {
    runs.forEach(results::write);
    results.summarise();
    progress.made(runs);
  }
}
