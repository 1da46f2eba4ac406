package io.sunchak.simulator.play;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Finds a smaller plan that still breaks something, by leaving out steps. */
public final class Shrinker {
  private static final int MOST_RUNS = 400;

  private final Function<Plan, Report> play;
  private int runs;

  /** Plays plans by {@code play}. */
  public Shrinker(Function<Plan, Report> play) {
    this.play = play;
  }

  /** The smallest one found; itself if nothing can be left out. */
  public Report shrink(Report broken) {
    Report smallest = broken;
    int part = Math.max(1, broken.plan().steps().size() / 2);
    while (true) {
      Report smaller = without(smallest, part);
      if (smaller.plan().steps().size() < smallest.plan().steps().size()) {
        smallest = smaller;
      } else if (part == 1 || runs >= MOST_RUNS) {
        return smallest;
      }
      part = Math.max(1, part / 2);
    }
  }

  /** Leaves out each part of that many steps without which it still breaks. */
  private Report without(Report broken, int part) {
    Report smallest = broken;
    int from = 0;
    while (from < smallest.plan().steps().size() && runs < MOST_RUNS) {
      List<Step> steps = new ArrayList<>(smallest.plan().steps());
      steps.subList(from, Math.min(from + part, steps.size())).clear();
      runs++;
      Report tried = play.apply(smallest.plan().with(steps));
      if (tried.isClean()) {
        from += part;
      } else {
        smallest = tried;
      }
    }
    return smallest;
  }
}
