package io.sunchak.server.observe;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/**
 * The nodes that resyncs have just found silent. When Redis is lost, every campaign is resynced,
 * and each resync finds the same dead node. Thread-safe; it forgets a node that no resync has found
 * for {@link #SPELL}.
 */
final class SilentNodes {
  /**
   * A node that reports nothing for so long is no longer found silent: a finding after this has a
   * new cause.
   */
  static final Duration SPELL = Duration.ofMinutes(1);

  private final InstantSource clock;
  private final Map<String, Instant> found = new HashMap<>();

  SilentNodes(InstantSource clock) {
    this.clock = clock;
  }

  /** Remembers that a resync found the node silent. True for the first of a spell. */
  synchronized boolean isNew(String node) {
    Instant now = clock.instant();
    found.values().removeIf(at -> at.plus(SPELL).isBefore(now));
    return found.put(node, now) == null;
  }
}
