package io.sunchak.chaos.cli;

import io.sunchak.chaos.cluster.Cluster;
import io.sunchak.chaos.cycle.Chaos;
import io.sunchak.chaos.cycle.CycleReport;
import io.sunchak.load.command.CommandException;
import io.sunchak.load.command.Launcher;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./sunchak chaos}: seeded faults on real processes, each cycle judged. */
@Command(
    name = "chaos",
    description = {
      "Kill, stop, empty and cut two servers and their engines under load, and judge each cycle.",
      "It starts all of them itself, on loopback. A cycle depends on its seed alone."
    },
    mixinStandardHelpOptions = true)
public final class ChaosMain implements Callable<Integer> {
  private static final int MOST = 100_000;
  private static final int SEEDS = 1_000_000_000;
  private static final String JVM = "-Xms256m -Xmx384m";

  @Option(names = "--cycles", defaultValue = "20", description = "how many (20)")
  private int cycles = 20;

  @Option(names = "--seed", description = "of the first cycle, the next one's is one more (random)")
  private @Nullable Long seed;

  @Option(
      names = "--out",
      defaultValue = "chaos-results",
      description = "where chaos-<seed>.jsonl goes, and what a violation leaves (./chaos-results)")
  private Path out = Path.of("chaos-results");

  @Spec private @Nullable CommandSpec spec;

  /** Exits with 0 when every promise was kept, 1 when one was not, 2 for wrong use. */
  public static void main(String[] arguments) {
    System.exit(line().execute(arguments));
  }

  static CommandLine line() {
    return new CommandLine(new ChaosMain()).setExecutionExceptionHandler(CommandException::report);
  }

  @Override
  public Integer call() throws InterruptedException {
    CommandLine line = Objects.requireNonNull(spec).commandLine();
    if (cycles < 1 || cycles > MOST) {
      throw new ParameterException(line, "--cycles must be 1 to 100,000");
    }
    long first = seed == null ? ThreadLocalRandom.current().nextInt(SEEDS) : seed;
    Cluster.Plan plan = new Cluster.Plan(Launcher.path("chaos"), JVM);
    Chaos.Setup setup = new Chaos.Setup(cycles, first, out.toAbsolutePath(), plan);
    List<CycleReport> reports;
    try (Progress progress = new Progress(line.getErr(), cycles)) {
      reports = new Chaos(setup, progress).run();
    }
    PrintWriter screen = line.getOut();
    screen.print(Table.of(reports, first));
    screen.flush();
    return reports.stream().allMatch(CycleReport::isClean) ? 0 : 1;
  }
}
