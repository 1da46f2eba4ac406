package io.sunchak.server.limits;

import java.time.Duration;

/**
 * How much one caller may ask: so many at once, and so many a second in the long run.
 *
 * @param burst what a full bucket holds
 * @param perSecond what flows into it
 */
public record Rate(long burst, long perSecond) {

  /** After so long nobody can tell an idle bucket from a new one. */
  Duration untilFull() {
    return Duration.ofMillis(Math.max(1, burst * 1_000 / perSecond));
  }
}
