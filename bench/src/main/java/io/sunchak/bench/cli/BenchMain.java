package io.sunchak.bench.cli;

import io.sunchak.bench.experiment.Bench;
import io.sunchak.bench.report.ReportPage;
import io.sunchak.bench.result.Machine;
import io.sunchak.bench.result.ResultFolder;
import io.sunchak.bench.subject.Target;
import io.sunchak.bench.workload.Workload;
import io.sunchak.bench.workload.Workloads;
import io.sunchak.load.command.CommandException;
import io.sunchak.load.command.Launcher;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./sunchak bench}: every target under the same load, each run judged, and a report. */
@Command(
    name = "bench",
    description = {
      "Measure every way to issue under one load, beside the ceilings, each run judged.",
      "A run whose count is wrong has no speed. What was stopped goes on where it stopped."
    },
    mixinStandardHelpOptions = true)
public final class BenchMain implements Callable<Integer> {
  @Option(
      names = "--quick",
      description = "seed-600, accept and sold-out once, 5 s each: at most 10 minutes")
  private boolean quick;

  @Option(
      names = "--out",
      defaultValue = "bench-results",
      description = "where results.json, report.html and the runs go (./bench-results)")
  private Path out = Path.of("bench-results");

  @Option(names = "--experiments", split = ",", description = "only these; all unless given")
  private List<String> experiments = new ArrayList<>();

  @Option(names = "--strategies", split = ",", description = "only these targets, such as V2,V6")
  private List<String> strategies = new ArrayList<>();

  @Option(names = "--runs", description = "of each; as the experiments say unless given")
  private int runs;

  @Option(names = "--workloads", description = "a folder of experiments in place of ours")
  private @Nullable Path workloads;

  @Option(
      names = "--threads",
      defaultValue = "1",
      description = "event loops of the load generator (1)")
  private int threads = 1;

  @Option(names = "--json", description = "print results.json instead of a table")
  private boolean json;

  @Spec private @Nullable CommandSpec spec;

  /** Exits with 0 when the product's count was right in every run, 1 when not, 2 for wrong use. */
  public static void main(String[] arguments) {
    CommandLine line =
        new CommandLine(new BenchMain()).setExecutionExceptionHandler(CommandException::report);
    System.exit(line.execute(arguments));
  }

  @Override
  public Integer call() throws InterruptedException {
    Path command = Launcher.path("bench");
    Path root = Objects.requireNonNull(command.getParent());
    Path folder = workloads == null ? root.resolve("bench/workloads") : workloads;
    Map<String, Workload> chosen =
        new Selection(quick, runs, experiments).of(Workloads.read(folder));
    String commit = Machine.commit(root);
    ResultFolder results = ResultFolder.open(out, commit);
    PrintWriter screen = Objects.requireNonNull(spec).commandLine().getOut();
    Bench.Setup setup = new Bench.Setup(command, out.resolve("work"), commit, targets(), threads);
    if (setup.targets().contains(Target.V6)) {
      train(command);
    }
    try (Progress progress = new Progress(Objects.requireNonNull(spec).commandLine().getErr())) {
      new Bench(chosen, setup, results, progress).run();
    }
    Path report = report(results);
    screen.print(json ? results.summary() : Table.of(results) + "report in " + report + "\n");
    screen.flush();
    return results.isRightFor(Target.V6.label()) ? 0 : 1;
  }

  /** So that every server that is measured starts alike; one on given engines trains nothing. */
  private static void train(Path command) throws InterruptedException {
    try {
      new ProcessBuilder(command.toString(), "train")
          .redirectOutput(Redirect.DISCARD)
          .redirectError(Redirect.INHERIT)
          .start()
          .waitFor();
    } catch (IOException e) {
      throw new CommandException("cannot run " + command + ": " + e.getMessage(), "run it by hand");
    }
  }

  private Path report(ResultFolder results) {
    try {
      return ReportPage.write(results);
    } catch (IOException e) {
      throw new CommandException("cannot write the report: " + e.getMessage(), "look at " + out);
    }
  }

  private List<Target> targets() {
    try {
      return strategies.isEmpty()
          ? List.of(Target.values())
          : strategies.stream().map(Target::of).toList();
    } catch (IllegalArgumentException wrong) {
      throw new CommandException(
          String.valueOf(wrong.getMessage()), "choose among them with --strategies");
    }
  }

  /** Which experiments, and how much of them. */
  record Selection(boolean quick, int runs, List<String> names) {
    private static final int SECONDS = 5;
    private static final int LAB_USERS = 5_000;
    private static final List<String> QUICK = List.of("seed-600", "accept", "sold-out");

    /**
     * In the order of {@code all}, whatever that of the names: experiments of one session follow
     * each other, and what came before warms the server for what comes next.
     */
    Map<String, Workload> of(Map<String, Workload> all) {
      List<String> wanted = names.isEmpty() ? quick ? QUICK : List.copyOf(all.keySet()) : names;
      for (String name : wanted) {
        if (!all.containsKey(name)) {
          throw new CommandException(
              "there is no experiment '" + name + "'; there are: " + String.join(" ", all.keySet()),
              "choose among them with --experiments");
        }
      }
      Map<String, Workload> chosen = new LinkedHashMap<>();
      all.forEach((name, workload) -> {
        if (wanted.contains(name)) {
          chosen.put(name, limited(workload));
        }
      });
      return chosen;
    }

    private Workload limited(Workload workload) {
      Workload shorter = quick ? Workloads.with(workload, shorter(workload)) : workload;
      return runs > 0 ? Workloads.with(shorter, Map.of("runs", runs)) : shorter;
    }

    private static Map<String, Integer> shorter(Workload workload) {
      return switch (workload) {
        case Workload.Burst _ -> Map.of("runs", 1, "warmupSeconds", SECONDS);
        case Workload.Steady _ ->
            Map.of(
                "runs",
                1,
                "warmupSeconds",
                SECONDS,
                "measureSeconds",
                SECONDS,
                "labUsers",
                LAB_USERS);
        default -> Map.of("runs", 1);
      };
    }
  }
}
