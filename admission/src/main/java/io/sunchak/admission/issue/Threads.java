package io.sunchak.admission.issue;

import io.sunchak.core.loop.GuardedLoop;
import io.sunchak.core.loop.LoopListener;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/** The background of a server: its clock, virtual threads, and a guarded loop for what repeats. */
final class Threads implements Background {
  private final LoopListener surprises;

  Threads(LoopListener surprises) {
    this.surprises = surprises;
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public void run(Runnable work) {
    Thread.startVirtualThread(work);
  }

  /** Not on a virtual thread, so that it does not wait for a carrier thread. */
  @Override
  public Runnable repeat(String name, Runnable work, Duration pause) {
    AtomicReference<GuardedLoop> self = new AtomicReference<>();
    GuardedLoop loop =
        GuardedLoop.platform(
            name,
            () -> {
              work.run();
              return self.get().pause(pause);
            },
            surprises);
    self.set(loop);
    loop.start();
    return loop::end;
  }
}
