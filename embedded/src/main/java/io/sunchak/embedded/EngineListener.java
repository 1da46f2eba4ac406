package io.sunchak.embedded;

import java.time.Duration;

/**
 * Hears of an engine's unasked-for death and return, for metrics and alarms. Called from the
 * engine's supervising thread: return quickly.
 */
public interface EngineListener {
  /** Hears nothing. */
  EngineListener NONE = new EngineListener() {};

  /**
   * An engine died.
   *
   * @param role {@code redis} or {@code postgres}
   * @param exit its exit code; 128 + n for signal n
   */
  default void onDown(String role, int exit) {}

  /**
   * It answers again.
   *
   * @param role {@code redis} or {@code postgres}
   * @param outage from the noticed death until it answered again
   */
  default void onUp(String role, Duration outage) {}
}
