package io.sunchak.core.architecture.broken.core;

import java.time.Duration;
import java.time.Instant;
import java.util.logging.Logger;
import org.assertj.core.util.Strings;

/** Takes its time, its pause, its log and its text from where it must not. */
public final class LooksAtTheWallClock {
  private LooksAtTheWallClock() {}

  /** Breaks four rules at once. */
  public static void look() throws InterruptedException {
    Thread.sleep(Duration.ZERO);
    Logger.getLogger("broken").fine(() -> Strings.concat(Instant.now()));
  }
}
