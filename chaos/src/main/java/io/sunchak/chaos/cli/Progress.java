package io.sunchak.chaos.cli;

import io.sunchak.chaos.cycle.Chaos;
import io.sunchak.chaos.cycle.CycleReport;
import io.sunchak.chaos.schedule.Schedule;
import io.sunchak.load.command.TerminalBar;
import java.io.PrintWriter;
import java.nio.file.Path;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;

/** A bar on a terminal; a line for each cycle elsewhere. A violation is told at once on both. */
final class Progress implements Chaos.Listener, AutoCloseable {
  private final PrintWriter lines;
  private final int cycles;
  private final @Nullable ProgressBar bar;
  private int made;
  private int violated;

  Progress(PrintWriter lines, int cycles) {
    this.lines = lines;
    this.cycles = cycles;
    this.bar = TerminalBar.of("chaos", cycles);
  }

  @Override
  public void begin(Schedule schedule) {
    if (bar != null) {
      bar.setExtraMessage("seed %d, %d violated".formatted(schedule.seed(), violated));
    }
  }

  @Override
  public void end(CycleReport report, @Nullable Path folder) {
    made++;
    violated += report.isClean() ? 0 : 1;
    if (bar != null) {
      bar.step();
    } else {
      lines.printf("[%d/%d] %s%n", made, cycles, Table.line(report));
    }
    if (folder != null) {
      report.violations().forEach(violation -> lines.printf("  %s%n", violation));
      lines.printf("  data and logs in %s%n  again: %s%n", folder, Table.again(report));
    }
    lines.flush();
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
