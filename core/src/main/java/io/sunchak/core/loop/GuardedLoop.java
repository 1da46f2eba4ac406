package io.sunchak.core.loop;

import io.sunchak.core.Backoff;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * A thread that makes one round after the other until it is ended, and which nothing else ends:
 * whatever a round throws, an {@link Error} or an interrupt that nobody meant too, ends that round
 * alone. The listener is told, and the next round begins after a pause that grows while rounds fail
 * in a row. Every thread that must live as long as its owner is one of these. Thread-safe.
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

  /** What is done again and again. */
  @FunctionalInterface
  public interface Round {
    /**
     * One round, with its own waits.
     *
     * @return whether another one is to follow
     */
    boolean go() throws InterruptedException;
  }

  /**
   * A loop that has not begun.
   *
   * @param name for the listener: of a fixed set of words
   * @param thread what it runs on, with a name of its own
   */
  public GuardedLoop(String name, Thread.Builder thread, Round round, LoopListener listener) {
    this.name = name;
    this.round = round;
    this.listener = listener;
    this.thread = thread.unstarted(this::run);
  }

  /** On a virtual thread of the same name. */
  public static GuardedLoop virtual(String name, Round round, LoopListener listener) {
    return new GuardedLoop(name, Thread.ofVirtual().name(name), round, listener);
  }

  /** On a daemon thread of the same name, which needs no carrier to be on time. */
  public static GuardedLoop platform(String name, Round round, LoopListener listener) {
    return new GuardedLoop(name, Thread.ofPlatform().daemon().name(name), round, listener);
  }

  /** Begins; once only. */
  public void start() {
    thread.start();
  }

  /**
   * Waits within a round, until {@code atMost} is over or the loop is ended.
   *
   * @return whether it goes on
   */
  public boolean pause(Duration atMost) throws InterruptedException {
    return !ending.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** No further round; the one in work comes to its end. */
  public void end() {
    ending.countDown();
  }

  /** No further round, and the one in work is interrupted. */
  public void interrupt() {
    end();
    thread.interrupt();
  }

  /**
   * Ends it and waits for the round in work.
   *
   * @return whether that ended within {@code atMost}; else it was interrupted
   */
  public boolean endsWithin(Duration atMost) throws InterruptedException {
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
      return; // an end that came in the middle of a round is no surprise
    }
    listener.tell(name, surprise);
    var _ = Thread.interrupted();
    try {
      pause(pause);
    } catch (InterruptedException meantOrNot) {
      // Whether it was meant, the latch says.
      return;
    }
  }
}
