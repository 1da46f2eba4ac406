package io.sunchak.chaos.cluster;

import io.sunchak.embedded.process.LaunchThread;
import io.sunchak.load.command.CommandException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A process that can be launched again and again, and dies with this JVM. Its output is appended to
 * one log. Thread-safe.
 */
public abstract class Child implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(20);

  private final LaunchThread thread;
  private final Path log;
  private @Nullable Process process;

  Child(LaunchThread thread, Path log) {
    this.thread = thread;
    this.log = log;
  }

  /** What starts it; whatever a dead predecessor left behind is cleared away. */
  abstract ProcessBuilder command() throws IOException;

  /** Whether it answers. */
  public abstract boolean isReady();

  /** Starts it where it does not run, and does not wait for it. */
  public synchronized void launch() {
    if (isAlive()) {
      return;
    }
    try {
      ProcessBuilder command = command();
      process =
          thread.start(command.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())));
    } catch (IOException e) {
      throw new CommandException("cannot start it again: " + e.getMessage(), "read " + log);
    }
  }

  /**
   * Returns when it is ready. Launches it again where it ends, as PostgreSQL does that a dead one's
   * child keeps out.
   *
   * @param deadline by {@link System#nanoTime}
   * @throws CommandException where it is not ready by then
   */
  public void bring(long deadline) throws InterruptedException {
    while (!isReady()) {
      if (System.nanoTime() - deadline > 0) {
        throw new CommandException(
            this + " is not ready in time after the last fault", "read " + log);
      }
      launch();
      Thread.sleep(POLL);
    }
  }

  /** What runs now, as the system knows it; empty where nothing does, or it does not say. */
  synchronized List<String> commandLine() {
    if (process == null) {
      return List.of();
    }
    ProcessHandle.Info running = process.info();
    String[] arguments = running.arguments().orElse(new String[0]);
    List<String> line = new ArrayList<>(List.of(arguments));
    running.command().ifPresent(line::addFirst);
    return arguments.length == 0 ? List.of() : line;
  }

  /** Of the process that was launched last. */
  public synchronized long pid() {
    if (process == null) {
      throw new IllegalStateException(this + " was never launched");
    }
    return process.pid();
  }

  synchronized boolean isAlive() {
    return process != null && process.isAlive();
  }

  /** {@code kill -9}, without waiting. */
  public synchronized void kill() {
    if (process != null) {
      process.destroyForcibly();
    }
  }

  /** {@code kill -9}, and returns when it is gone. */
  public synchronized void killAndWait() throws InterruptedException {
    if (process != null) {
      process.destroyForcibly().waitFor();
    }
  }

  /** SIGTERM; SIGKILL where it takes longer. Returns when it is gone. */
  public void terminate(Duration atMost) throws InterruptedException {
    Process ending;
    synchronized (this) {
      ending = process;
    }
    if (ending != null) {
      ending.destroy();
      if (!ending.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
        ending.destroyForcibly().waitFor();
      }
    }
  }

  /** SIGSTOP. */
  public void stop() {
    signal("STOP");
  }

  /** SIGCONT. */
  public void goOn() {
    signal("CONT");
  }

  private synchronized void signal(String name) {
    if (process != null && process.isAlive()) {
      Signals.send(name, process.pid());
    }
  }

  @Override
  public void close() {
    try {
      killAndWait();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
