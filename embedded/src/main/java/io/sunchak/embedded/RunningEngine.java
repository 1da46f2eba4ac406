package io.sunchak.embedded;

/** One supervised engine, as others see it. Thread-safe. */
public interface RunningEngine {
  /** {@code redis} or {@code postgres}. */
  String role();

  /** Its loopback port; stays the same over restarts. */
  int port();

  /** The process of this moment; another one after a restart. */
  long pid();

  /** Whether it runs and has answered since its last start. */
  boolean isUp();

  /** How often it was restarted after an unasked-for death. */
  int restarts();

  /** For people, such as {@code redis 7.0.15 (bundled, 127.0.0.1:21873)}. */
  String describe();
}
