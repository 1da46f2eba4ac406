package io.sunchak.embedded.process;

import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The one platform thread from which every engine process is started and restarted. Linux ties the
 * parent-death signal to the thread that forked, not to the process: an engine started from a pool
 * or a virtual thread would be killed when that thread ends. Thread-safe.
 */
public final class LaunchThread implements AutoCloseable {
  private final ThreadPoolExecutor thread =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(16),
          Thread.ofPlatform().name("sunchak-engines").daemon().factory());

  /** Starts it there, and returns when it runs. */
  public Process start(ProcessBuilder process) throws IOException {
    Future<Process> started = thread.submit(process::start);
    try {
      return started.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while starting " + process.command().getFirst(), e);
    } catch (ExecutionException e) {
      throw new IOException("cannot start " + process.command(), e.getCause());
    }
  }

  /** Ends the thread, and with it every engine that still runs. */
  @Override
  public void close() {
    thread.shutdown();
  }
}
