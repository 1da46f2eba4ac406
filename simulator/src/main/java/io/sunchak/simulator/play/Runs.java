package io.sunchak.simulator.play;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/** Plays runs. All of them on one thread, since scripts are compiled once a thread. */
public final class Runs {
  private Runs() {}

  /**
   * Does what plays runs on a virtual thread, from which the turn passes to actors without a system
   * call.
   *
   * @throws IllegalStateException if it throws
   */
  public static <T> T on(Supplier<T> work) throws InterruptedException {
    FutureTask<T> task = new FutureTask<>(work::get);
    Thread.ofVirtual().name("runs").start(task);
    try {
      return task.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a run ended by a defect", e.getCause());
    }
  }

  /** The run of one seed; its trace is only hashed. */
  public static Report of(long seed) {
    return new Run(Plan.of(seed), false).play();
  }

  /** The smallest run found that breaks something as this one did, with its trace. */
  public static Report shrunk(Report broken) {
    Plan smallest = new Shrinker(plan -> new Run(plan, false).play()).shrink(broken).plan();
    return new Run(smallest, true).play();
  }
}
