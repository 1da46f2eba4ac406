package io.sunchak.bench.subject;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A process that ends with us, also when we are told to stop in the middle of a run. */
public final class ChildProcess implements AutoCloseable {
  private static final Duration STOP = Duration.ofSeconds(20);

  private final Process process;
  private final Thread atOurEnd;

  private ChildProcess(Process process) {
    this.process = process;
    this.atOurEnd = new Thread(process::destroyForcibly, "end-child");
    Runtime.getRuntime().addShutdownHook(atOurEnd);
  }

  /** Starts it. */
  public static ChildProcess start(ProcessBuilder builder) throws IOException {
    return new ChildProcess(builder.start());
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Without any warning, as a machine would lose it. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
    forget();
  }

  /** In good order; killed where that takes too long or is not waited for. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    forget();
  }

  private void forget() {
    try {
      Runtime.getRuntime().removeShutdownHook(atOurEnd);
    } catch (IllegalStateException ending) {
      // The hook runs already.
    }
  }
}
