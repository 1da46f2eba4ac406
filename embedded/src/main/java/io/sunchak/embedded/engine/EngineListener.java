package io.sunchak.embedded.engine;

import java.time.Duration;

/**
 * Receives crashes and restarts of engines, for metrics and alarms. Called on the engine's
 * supervising thread, so an implementation must be fast.
 */
public interface EngineListener {
  /** Ignores all events. */
  EngineListener NONE = new EngineListener() {};

  /**
   * An engine died.
   *
   * @param role {@code redis} or {@code postgres}
   * @param exit its exit code; 128 + n for signal n
   */
  default void onDown(String role, int exit) {}

  /**
   * An engine answers again.
   *
   * @param role {@code redis} or {@code postgres}
   * @param outage from the detected death until it answered again
   */
  default void onUp(String role, Duration outage) {}
}
