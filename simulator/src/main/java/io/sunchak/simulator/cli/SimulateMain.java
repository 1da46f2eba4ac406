package io.sunchak.simulator.cli;

import io.sunchak.load.command.CommandException;
import io.sunchak.load.command.TerminalBar;
import io.sunchak.simulator.play.Report;
import io.sunchak.simulator.play.Runs;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./sunchak simulate}: seeded faults in virtual time, each run judged. */
@Command(
    name = "simulate",
    description = {
      "Run nodes of the product's own code and scripts in one process, in virtual time, under",
      "seeded faults, and judge each run. A run depends on its seed alone.",
      "With --seeds 1 a run that breaks something is shrunk, and its trace is printed."
    },
    mixinStandardHelpOptions = true)
public final class SimulateMain implements Callable<Integer> {
  private static final int MOST = 10_000_000;
  private static final int FIRST_SEEDS = 1_000_000_000;

  @Option(names = "--seeds", defaultValue = "1000", description = "how many (1000)")
  private int seeds = 1_000;

  @Option(names = "--seed", description = "the first one, the next is one more (random)")
  private @Nullable Long seed;

  @Spec private @Nullable CommandSpec spec;

  /** Exits with 0 when every promise was kept, 1 when one was not, 2 for wrong use. */
  public static void main(String[] arguments) {
    System.exit(line().execute(arguments));
  }

  static CommandLine line() {
    return new CommandLine(new SimulateMain())
        .setExecutionExceptionHandler(CommandException::report);
  }

  @Override
  public Integer call() throws InterruptedException {
    CommandLine line = Objects.requireNonNull(spec).commandLine();
    if (seeds < 1 || seeds > MOST) {
      throw new ParameterException(line, "--seeds must be 1 to 10,000,000");
    }
    long first = seed == null ? ThreadLocalRandom.current().nextInt(FIRST_SEEDS) : seed;
    PrintWriter screen = line.getOut();
    int broken = Runs.on(() -> playAll(first, screen));
    screen.printf("%,d seeds from %d: %,d broke something%n", seeds, first, broken);
    screen.flush();
    return broken == 0 ? 0 : 1;
  }

  private int playAll(long first, PrintWriter screen) {
    int broken = 0;
    try (ProgressBar bar = TerminalBar.of("simulate", seeds)) {
      for (long one = first; one < first + seeds; one++) {
        Report report = Runs.of(one);
        if (!report.isClean()) {
          broken++;
          tell(report, screen);
        }
        if (bar != null) {
          bar.step();
        }
      }
    }
    return broken;
  }

  private void tell(Report report, PrintWriter screen) {
    screen.printf("seed %d: %s%n", report.plan().seed(), report.found());
    if (seeds == 1) {
      Report small = Runs.shrunk(report);
      small.trace().forEach(screen::println);
      screen.printf(
          "%d of %d steps are left:%n", small.plan().steps().size(), report.plan().steps().size());
      small.plan().steps().forEach(screen::println);
      screen.println(small.found());
    } else {
      screen.printf("  again: ./sunchak simulate --seeds 1 --seed %d%n", report.plan().seed());
    }
    screen.flush();
  }
}
