package io.sunchak.bench.cli;

import io.sunchak.bench.experiment.Bench;
import io.sunchak.bench.result.Run;
import io.sunchak.bench.subject.Target;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A bar on a terminal; a line for each run elsewhere. */
final class Progress implements Bench.Progress, AutoCloseable {
  private final PrintWriter lines;
  private final boolean terminal;
  private @Nullable ProgressBar bar;
  private int total;
  private int made;

  private Progress(PrintWriter lines, boolean terminal) {
    this.lines = lines;
    this.terminal = terminal;
  }

  static Progress on(PrintWriter lines) {
    return new Progress(
        lines,
        Optional.ofNullable(System.console()).filter(java.io.Console::isTerminal).isPresent());
  }

  @Override
  public void begin(int runs) {
    total = runs;
    if (terminal) {
      bar =
          new ProgressBarBuilder()
              .setTaskName("bench")
              .setInitialMax(runs)
              .setStyle(ProgressBarStyle.ASCII)
              .build();
    }
  }

  @Override
  public void running(String experiment, Target target) {
    ProgressBar shown = bar;
    if (shown != null) {
      shown.setExtraMessage(experiment + " " + target.label());
    }
  }

  @Override
  public void made(List<Run> runs) {
    made++;
    ProgressBar shown = bar;
    if (shown != null) {
      shown.step();
      return;
    }
    for (Run run : runs) {
      lines.printf("[%d/%d] %s%n", made, total, Table.line(run));
    }
    lines.flush();
  }

  @Override
  public void close() {
    ProgressBar shown = bar;
    if (shown != null) {
      shown.close();
    }
  }
}
