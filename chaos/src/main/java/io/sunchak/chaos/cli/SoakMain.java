package io.sunchak.chaos.cli;

import io.sunchak.chaos.cluster.Cluster;
import io.sunchak.chaos.soak.Resource;
import io.sunchak.chaos.soak.Soak;
import io.sunchak.chaos.soak.SoakReport;
import io.sunchak.load.command.CommandException;
import io.sunchak.load.command.Launcher;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
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

/** {@code ./sunchak soak}: one cluster for a long time, each campaign judged, and what grows. */
@Command(
    name = "soak",
    description = {
      "Open, sell out and close campaigns for a long time, with a fault every 30 s, and judge each.",
      "At the end: did descriptors, threads, heap, memory or Redis' data grow?"
    },
    mixinStandardHelpOptions = true)
public final class SoakMain implements Callable<Integer> {
  private static final double MOST_MINUTES = 10_080;
  private static final int SEEDS = 1_000_000_000;

  /** The whole heap from the start, so that resident memory does not grow by filling it. */
  private static final String JVM = "-Xms384m -Xmx384m -XX:+AlwaysPreTouch";

  @Option(names = "--minutes", defaultValue = "15", description = "how long (15)")
  private double minutes = 15;

  @Option(
      names = "--seed",
      description = "of the first campaign, the next one's is one more (random)")
  private @Nullable Long seed;

  @Option(
      names = "--out",
      defaultValue = "soak-results",
      description = "where soak-<seed>.jsonl goes, and what a violation leaves (./soak-results)")
  private Path out = Path.of("soak-results");

  @Spec private @Nullable CommandSpec spec;

  private final String jvm;

  private SoakMain(String jvm) {
    this.jvm = jvm;
  }

  /** Exits with 0 when all was kept and nothing grew, 1 when not, 2 for wrong use. */
  public static void main(String[] arguments) {
    System.exit(line(JVM).execute(arguments));
  }

  /** The command, with flags for the servers' JVMs. */
  static CommandLine line(String jvm) {
    return new CommandLine(new SoakMain(jvm))
        .setExecutionExceptionHandler(CommandException::report);
  }

  @Override
  public Integer call() throws InterruptedException {
    CommandLine line = Objects.requireNonNull(spec).commandLine();
    if (!(minutes > 0 && minutes <= MOST_MINUTES)) {
      throw new ParameterException(line, "--minutes must be more than 0, and 10,080 at most");
    }
    long first = seed == null ? ThreadLocalRandom.current().nextInt(SEEDS) : seed;
    Duration lasting = Duration.ofMillis(Math.round(minutes * 60_000));
    Cluster.Plan plan = new Cluster.Plan(Launcher.path("soak"), jvm);
    Soak.Setup setup = new Soak.Setup(lasting, first, out.toAbsolutePath(), plan);
    SoakReport report;
    try (SoakProgress progress = new SoakProgress(line.getErr(), lasting)) {
      report = new Soak(setup, progress).run();
    }
    print(line.getOut(), report, first);
    return report.isClean() ? 0 : 1;
  }

  private static void print(PrintWriter screen, SoakReport report, long seed) {
    report.figures().forEach(screen::println);
    report.violations().forEach(violation -> screen.printf("VIOLATED: %s%n", violation));
    for (Resource growing : report.growing()) {
      screen.printf("GROWS: %s%n", growing);
    }
    screen.printf(
        "%n%,d campaigns from seed %d: %,d coupons, %,d strikes, %s%n",
        report.cycles().size(),
        seed,
        report.cycles().stream().mapToLong(cycle -> cycle.accepted()).sum(),
        report.cycles().stream().mapToLong(cycle -> cycle.struck().size()).sum(),
        report.isClean() ? "all kept, nothing grew" : "NOT CLEAN");
    screen.flush();
  }
}
