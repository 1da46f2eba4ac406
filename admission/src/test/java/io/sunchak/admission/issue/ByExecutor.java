package io.sunchak.admission.issue;

import java.time.Duration;
import java.util.concurrent.Executor;

/** A background whose work runs when and where an executor says, and in which nothing repeats. */
record ByExecutor(Executor executor) implements Background {
  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public void run(Runnable work) {
    executor.execute(work);
  }

  @Override
  public Runnable repeat(String name, Runnable work, Duration pause) {
    return () -> {};
  }
}
