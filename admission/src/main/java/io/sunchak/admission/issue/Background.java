package io.sunchak.admission.issue;

import java.time.Duration;

/**
 * The monotonic clock of an issuer, and the threads for work that no request runs by itself. {@link
 * Threads} in a server; a simulation has a clock and an order of its own. Thread-safe.
 */
public interface Background {
  /** As {@link System#nanoTime}. */
  long nanoTime();

  /** Runs work that may block, soon and once. */
  void run(Runnable work);

  /**
   * Runs work again and again, with a pause after each time.
   *
   * @return ends it; work that runs is not waited for
   */
  Runnable repeat(String name, Runnable work, Duration pause);
}
