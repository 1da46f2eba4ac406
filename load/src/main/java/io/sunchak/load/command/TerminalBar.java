package io.sunchak.load.command;

import java.io.Console;
import java.util.Optional;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A progress bar, where the output is a terminal. */
public final class TerminalBar {
  private TerminalBar() {}

  /** Shows a bar of {@code steps} steps; null if nobody would see it. */
  public static @Nullable ProgressBar of(String command, long steps) {
    if (Optional.ofNullable(System.console()).filter(Console::isTerminal).isEmpty()) {
      return null;
    }
    return new ProgressBarBuilder()
        .setTaskName(command)
        .setInitialMax(steps)
        .setStyle(ProgressBarStyle.ASCII)
        .build();
  }
}
