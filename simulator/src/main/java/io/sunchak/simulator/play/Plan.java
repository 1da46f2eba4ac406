package io.sunchak.simulator.play;

import io.sunchak.simulator.play.Step.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * What a run is made of. All else of a run is drawn from the seed while it runs, so the same plan
 * gives the same run.
 *
 * @param steps in the order of their times
 */
public record Plan(long seed, int nodes, int stock, long maxBacklog, List<Step> steps) {
  private static final Duration LENGTH = Duration.ofSeconds(8);
  private static final Map<Kind, Integer> WEIGHTS =
      new EnumMap<>(
          Map.ofEntries(
              Map.entry(Kind.PRESS, 45),
              Map.entry(Kind.KILL_NODE, 4),
              Map.entry(Kind.STOP_NODE, 4),
              Map.entry(Kind.FREEZE_THREAD, 10),
              Map.entry(Kind.KILL_REDIS, 4),
              Map.entry(Kind.STOP_REDIS, 2),
              Map.entry(Kind.LOSE_REDIS, 7),
              Map.entry(Kind.CUT, 7),
              Map.entry(Kind.SLOW, 4),
              Map.entry(Kind.LEDGER_AWAY, 4),
              Map.entry(Kind.LEDGER_MUTE, 2),
              Map.entry(Kind.RESTORE_LEDGER, 3),
              Map.entry(Kind.COPY, 5),
              Map.entry(Kind.CHANGE, 2)));
  private static final int SUM = WEIGHTS.values().stream().mapToInt(Integer::intValue).sum();

  /** The plan of that seed. */
  public static Plan of(long seed) {
    Random random = new Random(seed);
    int nodes = 2 + random.nextInt(2);
    int stock = 3 + random.nextInt(20);
    long maxBacklog = random.nextInt(4) == 0 ? 4 : 1_000;
    int count = 20 + random.nextInt(60);
    // Most plans have few kinds of faults: what one alone does is not hidden by the others.
    EnumMap<Kind, Boolean> used = new EnumMap<>(Kind.class);
    for (Kind kind : Kind.values()) {
      used.put(kind, kind == Kind.PRESS || random.nextInt(5) < 2);
    }
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Duration at = Duration.ofNanos(random.nextLong(LENGTH.toNanos()));
      Kind drawn = drawn(random);
      Kind kind = Boolean.TRUE.equals(used.get(drawn)) ? drawn : Kind.PRESS;
      steps.add(new Step(at, kind, random.nextInt(nodes), random.nextInt(1 << 30)));
    }
    steps.sort(Comparator.comparing(Step::at));
    return new Plan(seed, nodes, stock, maxBacklog, List.copyOf(steps));
  }

  private static Kind drawn(Random random) {
    int left = random.nextInt(SUM);
    for (Map.Entry<Kind, Integer> one : WEIGHTS.entrySet()) {
      left -= one.getValue();
      if (left < 0) {
        return one.getKey();
      }
    }
    throw new IllegalStateException("the weights' sum is wrong");
  }

  /** The same one with other steps. */
  Plan with(List<Step> others) {
    return new Plan(seed, nodes, stock, maxBacklog, List.copyOf(others));
  }
}
