package io.sunchak.server.fuzz;

import java.util.List;
import java.util.SplittableRandom;

/** The randomness of one case: the same seed throws the same. Not thread-safe. */
final class Dice {
  private final SplittableRandom random;

  Dice(long seed) {
    random = new SplittableRandom(seed);
  }

  /** From 0 to {@code bound - 1}. */
  int below(int bound) {
    return random.nextInt(bound);
  }

  /** True once in {@code count} throws. */
  boolean oneIn(int count) {
    return below(count) == 0;
  }

  <T> T any(List<T> of) {
    return of.get(below(of.size()));
  }
}
