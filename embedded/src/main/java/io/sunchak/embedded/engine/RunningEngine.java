package io.sunchak.embedded.engine;

import java.nio.file.Path;

/** One supervised engine. Thread-safe. */
public interface RunningEngine {
  /** {@code redis} or {@code postgres}. */
  String role();

  /** Its loopback port; it does not change with restarts. */
  int port();

  /**
   * The path by which it was started. A program may choose its function by its name, so another
   * instance must be started by this path and not by the file that the system reports for the
   * process.
   */
  Path program();

  /** The current process; a restart replaces it. */
  long pid();

  /** Whether it runs and has answered since its last start. */
  boolean isUp();

  /** How often it was restarted after a crash. */
  int restarts();

  /** For people, such as {@code redis 7.0.15 (bundled, 127.0.0.1:21873)}. */
  String describe();
}
