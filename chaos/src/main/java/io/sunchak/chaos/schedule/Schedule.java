package io.sunchak.chaos.schedule;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * What happens in one cycle: the stock, the crowd, and the strikes. Made of the cycle's seed alone,
 * so that a cycle can be repeated without those before it. Immutable.
 *
 * @param stock null for unlimited
 * @param users how many press
 * @param arrival in which time they come
 * @param strikes in order of time
 */
public record Schedule(
    long seed, @Nullable Long stock, int users, Duration arrival, List<Strike> strikes) {
  private static final int SERVERS = 2;
  private static final int MOST_STRIKES = 4;
  private static final int FEWEST_USERS = 600;
  private static final int MORE_USERS = 1_000;
  private static final Duration ARRIVAL = Duration.ofMillis(3_500);
  private static final int FIRST_STRIKE_MILLIS = 200;
  private static final int LAST_STRIKE_MILLIS = 3_000;
  private static final int SHORTEST_MILLIS = 50;
  private static final int LONGEST_MILLIS = 2_500;
  private static final int CHOICES = 1 << 16;

  /** The schedule of the cycle with this seed. */
  public static Schedule of(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int users = FEWEST_USERS + random.nextInt(MORE_USERS);
    @Nullable Long stock = stock(random, users);
    List<Strike> strikes = new ArrayList<>();
    int count = 1 + random.nextInt(MOST_STRIKES);
    for (int i = 0; i < count; i++) {
      strikes.add(strike(random));
    }
    strikes.sort(Comparator.comparing(Strike::at));
    return new Schedule(seed, stock, users, ARRIVAL, List.copyOf(strikes));
  }

  /**
   * A campaign with fewer coupons than users, for a cluster whose first server must live on.
   *
   * @param struck whether there is a strike
   */
  public static Schedule soldOut(long seed, boolean struck) {
    SplittableRandom random = new SplittableRandom(seed);
    int users = FEWEST_USERS + random.nextInt(MORE_USERS);
    long stock = (long) users / 2 + random.nextInt(users / 2);
    return new Schedule(
        seed, stock, users, ARRIVAL, struck ? List.of(sparingTheFirst(random)) : List.of());
  }

  private static Strike sparingTheFirst(SplittableRandom random) {
    Strike strike = strike(random);
    while (strike.fault().endsServers() > 1) {
      strike = strike(random);
    }
    return strike.fault().endsServers() == 0
        ? strike
        : new Strike(strike.fault(), strike.at(), strike.lasting(), SERVERS - 1, strike.choice());
  }

  /** Mostly such that the last coupons go while something is broken. */
  private static @Nullable Long stock(SplittableRandom random, int users) {
    return switch (random.nextInt(8)) {
      case 0 -> null;
      case 1 -> (long) users * 2;
      case 2 -> (long) users;
      case 3 -> 1L + random.nextInt(30);
      default -> (long) users / 4 + random.nextInt(users * 3 / 4);
    };
  }

  private static Strike strike(SplittableRandom random) {
    return new Strike(
        fault(random),
        millis(random, FIRST_STRIKE_MILLIS, LAST_STRIKE_MILLIS),
        millis(random, SHORTEST_MILLIS, LONGEST_MILLIS),
        random.nextInt(SERVERS),
        random.nextInt(CHOICES));
  }

  private static Fault fault(SplittableRandom random) {
    int all = 0;
    for (Fault fault : Fault.values()) {
      all += fault.weight();
    }
    int at = random.nextInt(all);
    for (Fault fault : Fault.values()) {
      at -= fault.weight();
      if (at < 0) {
        return fault;
      }
    }
    throw new IllegalStateException("the weights do not add up");
  }

  private static Duration millis(SplittableRandom random, int from, int to) {
    return Duration.ofMillis(from + random.nextInt(to - from));
  }

  /** The seed of a run's cycle; the first cycle's is the run's own. */
  public static long seed(long run, int cycle) {
    return run + cycle;
  }
}
