package io.sunchak.lab.failure;

import java.time.Instant;
import tools.jackson.databind.json.JsonMapper;

/**
 * An entry of the waiting queue that a drain could not issue.
 *
 * @param entry as it stood in the queue: perhaps no JSON at all
 * @param attempts how often it was tried, the drain's try included
 */
public record Failure(
    String id, String entry, String reason, int attempts, State state, Instant failedAt) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Who tries next. */
  public enum State {
    /** The retry does, with back-off. */
    RETRYING,
    /** A person must: it can never succeed as things are, or the retry gave up. */
    KEPT
  }

  /** The same after one more attempt. */
  Failure again(String newReason, State newState) {
    return new Failure(id, entry, newReason, attempts + 1, newState, failedAt);
  }

  Failure kept() {
    return new Failure(id, entry, reason, attempts, State.KEPT, failedAt);
  }

  String json() {
    return JSON.writeValueAsString(this);
  }

  static Failure parse(String json) {
    return JSON.readValue(json, Failure.class);
  }
}
