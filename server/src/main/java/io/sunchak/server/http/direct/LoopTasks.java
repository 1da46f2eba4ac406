package io.sunchak.server.http.direct;

import io.netty.util.concurrent.EventExecutor;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Hands work to one event loop in batches. A decided group has many answers for the same loop; they
 * cost it one task and one wake-up, not one each. Work that comes from the loop itself runs at
 * once. Thread-safe.
 */
final class LoopTasks implements Executor {
  private final EventExecutor loop;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean due = new AtomicBoolean();

  LoopTasks(EventExecutor loop) {
    this.loop = loop;
  }

  @Override
  public void execute(Runnable task) {
    if (loop.inEventLoop()) {
      task.run();
      return;
    }
    tasks.add(task);
    wake();
  }

  private void wake() {
    if (!due.getAndSet(true)) {
      loop.execute(this::run);
    }
  }

  private void run() {
    // In this order: what is added from now on is seen below, or asks for another run.
    due.set(false);
    try {
      for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
        task.run();
      }
    } finally {
      // A task that throws is the loop's to report; those behind it get a run of their own.
      if (!tasks.isEmpty()) {
        wake();
      }
    }
  }
}
