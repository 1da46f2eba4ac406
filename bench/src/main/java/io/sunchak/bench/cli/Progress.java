package io.sunchak.bench.cli;

import io.sunchak.bench.experiment.Bench;
import io.sunchak.bench.result.Run;
import io.sunchak.bench.subject.Target;
import io.sunchak.load.command.TerminalBar;
import java.io.PrintWriter;
import java.util.List;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;

/** A bar on a terminal; a line for each run elsewhere. */
final class Progress implements Bench.Progress, AutoCloseable {
  private final PrintWriter lines;
  private @Nullable ProgressBar bar;
  private int total;
  private int made;

  Progress(PrintWriter lines) {
    this.lines = lines;
  }

  @Override
  public void begin(int runs) {
    total = runs;
    bar = TerminalBar.of("bench", runs);
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
