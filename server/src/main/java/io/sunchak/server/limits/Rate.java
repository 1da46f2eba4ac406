package io.sunchak.server.limits;

import java.time.Duration;

/**
 * A rate limit: requests at once, and requests per second in the long run.
 *
 * @param burst the tokens of a full bucket
 * @param perSecond the tokens that are added per second
 */
public record Rate(long burst, long perSecond) {

  /** The time after which an idle bucket is full, like a new one. */
  Duration untilFull() {
    return Duration.ofMillis(Math.max(1, burst * 1_000 / perSecond));
  }
}
