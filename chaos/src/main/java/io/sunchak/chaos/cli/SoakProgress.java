package io.sunchak.chaos.cli;

import io.sunchak.chaos.cycle.CycleReport;
import io.sunchak.chaos.soak.Sample;
import io.sunchak.chaos.soak.Soak;
import io.sunchak.load.command.TerminalBar;
import java.io.PrintWriter;
import java.time.Duration;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;

/** A bar of seconds on a terminal; a line for each campaign elsewhere. */
final class SoakProgress implements Soak.Listener, AutoCloseable {
  private static final long MEGA = 1 << 20;

  private final PrintWriter lines;
  private final @Nullable ProgressBar bar;

  SoakProgress(PrintWriter lines, Duration lasting) {
    this.lines = lines;
    this.bar = TerminalBar.of("soak", lasting.toSeconds());
  }

  @Override
  public void end(CycleReport report, Sample sample) {
    String held =
        "%d descriptors, %d threads, heap %d MB, resident %d MB, Redis %d MB"
            .formatted(
                sample.descriptors(),
                sample.threads(),
                sample.heap() / MEGA,
                sample.resident() / MEGA,
                sample.redis() / MEGA);
    if (bar != null) {
      bar.stepTo(Math.min(sample.at().toSeconds(), bar.getMax()));
      bar.setExtraMessage(held);
    } else {
      lines.printf("[%d s] %s · %s%n", sample.at().toSeconds(), Table.line(report), held);
      lines.flush();
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
