package io.sunchak.embedded;

import java.nio.file.Path;

/** One supervised engine, as others see it. Thread-safe. */
public interface RunningEngine {
  /** {@code redis} or {@code postgres}. */
  String role();

  /** Its loopback port; stays the same over restarts. */
  int port();

  /**
   * The path that it was started by. A program may judge by its name what it is to do, so start
   * another one by this path, never by the file that the system names for the process.
   */
  Path program();

  /** The process of this moment; another one after a restart. */
  long pid();

  /** Whether it runs and has answered since its last start. */
  boolean isUp();

  /** How often it was restarted after an unasked-for death. */
  int restarts();

  /** For people, such as {@code redis 7.0.15 (bundled, 127.0.0.1:21873)}. */
  String describe();
}
