package io.sunchak.core;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next try: doubles from {@code first} to {@code most}, each is
 * shortened at random by up to a half, so that nodes which failed together do not retry together.
 */
public record Backoff(Duration first, Duration most, RandomGenerator random) {
  private static final int MAX_DOUBLINGS = 20;

  /**
   * The pause after the {@code failures}th failure in a row.
   *
   * @param failures from 1
   */
  public Duration after(int failures) {
    int doublings = Math.clamp(failures - 1L, 0, MAX_DOUBLINGS);
    long whole = Math.min(most.toNanos(), first.toNanos() << doublings);
    return Duration.ofNanos(whole / 2 + random.nextLong(whole / 2 + 1));
  }
}
