package io.sunchak.core.loop;

import io.sunchak.core.Backoff;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * A thread that runs rounds until it is ended, and that survives all exceptions: whatever a round
 * throws, including an {@link Error} or a stray interrupt, ends only that round. The exception is
 * reported to the listener, and the next round begins after a pause that grows while rounds fail in
 * a row. Every thread that must live as long as its owner is a guarded loop. Thread-safe.
 */
public final class GuardedLoop {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final String name;
  private final Round round;
  private final LoopListener listener;
  private final Thread thread;
  private final CountDownLatch ending = new CountDownLatch(1);
  private final Backoff pauses =
      new Backoff(FIRST_PAUSE, LONGEST_PAUSE, RandomGenerator.getDefault());

  /** The work that is repeated. */
  @FunctionalInterface
  public interface Round {
    /**
     * Runs one round, including its waits.
     *
     * @return whether another round follows
     */
    boolean go() throws InterruptedException;
  }

  /**
   * A loop that has not started.
   *
   * @param name for the listener and its metric: one of a fixed set
   * @param thread builds the thread, with its own name
   */
  public GuardedLoop(String name, Thread.Builder thread, Round round, LoopListener listener) {
    this.name = name;
    this.round = round;
    this.listener = listener;
    this.thread = thread.unstarted(this::run);
  }

  /** A loop on a virtual thread of the same name. */
  public static GuardedLoop virtual(String name, Round round, LoopListener listener) {
    return new GuardedLoop(name, Thread.ofVirtual().name(name), round, listener);
  }

  /** A loop on a daemon thread of the same name, which does not wait for a carrier thread. */
  public static GuardedLoop platform(String name, Round round, LoopListener listener) {
    return new GuardedLoop(name, Thread.ofPlatform().daemon().name(name), round, listener);
  }

  /** Starts the loop. May be called once. */
  public void start() {
    thread.start();
  }

  /**
   * Waits within a round until {@code atMost} is over or the loop is ended.
   *
   * @return whether the loop goes on
   */
  public boolean pause(Duration atMost) throws InterruptedException {
    return !ending.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Starts no further round; the current one runs to its end. */
  public void end() {
    ending.countDown();
  }

  /** Starts no further round and interrupts the current one. */
  public void interrupt() {
    end();
    thread.interrupt();
  }

  /**
   * Ends the loop and waits for the current round.
   *
   * @return whether the round ended within {@code atMost}; else it was interrupted
   */
  public boolean endWithin(Duration atMost) throws InterruptedException {
    end();
    boolean ended = thread.getState() == Thread.State.NEW || thread.join(atMost);
    if (!ended) {
      thread.interrupt();
    }
    return ended;
  }

  private void run() {
    int failures = 0;
    boolean more = true;
    while (more && !isEnding()) {
      try {
        more = round.go();
        failures = 0;
      } catch (Throwable surprise) {
        failures++;
        recover(surprise, pauses.after(failures));
      }
    }
  }

  private boolean isEnding() {
    return ending.getCount() == 0;
  }

  private void recover(Throwable surprise, Duration pause) {
    if (isEnding()) {
      return; // an interrupt at the loop's end is expected
    }
    listener.tell(name, surprise);
    var _ = Thread.interrupted();
    try {
      pause(pause);
    } catch (InterruptedException meantOrNot) {
      // The latch tells whether the loop is ending.
      return;
    }
  }
}
