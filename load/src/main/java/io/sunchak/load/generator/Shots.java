package io.sunchak.load.generator;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Which user sends a request to which endpoint next. Thread-safe; never computes more than a few
 * nanoseconds.
 */
@FunctionalInterface
public interface Shots {
  /** No more. */
  long END = -1;

  /** Endpoint and user of the next request, as {@link #of} packs them, or {@link #END}. */
  long next();

  /** A request of the {@code user} of a crowd to the {@code endpoint} of a list. */
  static long of(int endpoint, int user) {
    return (long) endpoint << 32 | user;
  }

  static int endpoint(long shot) {
    return (int) (shot >>> 32);
  }

  static int user(long shot) {
    return (int) shot;
  }

  /** Users {@code from} to {@code to - 1} to the first endpoint, in rounds. */
  static Shots rounds(int from, int to, int tries) {
    AtomicLong sent = new AtomicLong();
    long users = (long) to - from;
    return () -> {
      long shot = sent.getAndIncrement();
      return shot < users * tries ? of(0, from + (int) (shot % users)) : END;
    };
  }

  /** Users {@code from} to {@code to - 1} to the first endpoint, over and over. */
  static Shots endless(int from, int to) {
    return rounds(from, to, Integer.MAX_VALUE);
  }

  /**
   * A crowd of winners, repeats and late ones, without end before the users run out: winners and
   * repeats go to the first campaign, late ones (never user 0, who took its one coupon) to the
   * second, which is sold out. The same seed gives the same crowd.
   *
   * @param winners of a hundred requests
   * @param repeats of a hundred requests; the rest is late
   * @param users at least 2
   */
  static Shots crowd(long seed, int winners, int repeats, int users) {
    AtomicLong sent = new AtomicLong();
    AtomicLong won = new AtomicLong();
    return () -> {
      long random = mixed(seed + sent.getAndIncrement());
      int kind = (int) Long.remainderUnsigned(random, 100);
      if (kind < winners) {
        long user = won.getAndIncrement();
        return user < users ? of(0, (int) user) : END;
      }
      if (kind < winners + repeats) {
        long winnersSoFar = Math.max(1, Math.min(won.get(), users));
        return of(0, (int) Long.remainderUnsigned(random >>> 8, winnersSoFar));
      }
      return of(1, 1 + (int) Long.remainderUnsigned(random >>> 8, users - 1L));
    };
  }

  /**
   * SplitMix64's finisher (Steele, Lea, Flood: "Fast splittable pseudorandom number generators").
   */
  private static long mixed(long n) {
    long z = n * 0x9e3779b97f4a7c15L;
    z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
    z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
    return z ^ z >>> 31;
  }
}
