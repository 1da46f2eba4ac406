package io.sunchak.admission.link;

import io.netty.util.concurrent.EventExecutor;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes the writes to one connection in the order in which they are asked for, on the connection's
 * event loop. Lettuce writes at once when it is called on that loop, and hands the command to the
 * loop otherwise, so a write from the loop would overtake one that another thread handed over.
 *
 * <p>Thread-safe. Two writes are in order if the second is asked for after the first, whatever the
 * threads.
 */
final class WriteOrder implements Executor {
  private final EventExecutor loop;
  private final AtomicInteger handedOver = new AtomicInteger();

  WriteOrder(EventExecutor loop) {
    this.loop = loop;
  }

  /**
   * Makes a write, now or soon.
   *
   * @throws java.util.concurrent.RejectedExecutionException if the loop has ended
   */
  @Override
  public void execute(Runnable write) {
    if (loop.inEventLoop() && handedOver.get() == 0) {
      write.run();
      return;
    }
    handedOver.incrementAndGet();
    loop.execute(() -> {
      handedOver.decrementAndGet();
      write.run();
    });
  }
}
