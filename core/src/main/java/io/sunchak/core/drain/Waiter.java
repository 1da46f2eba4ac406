package io.sunchak.core.drain;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The pause between two passes: ends after its time, when there is news, or for good when closed. A
 * wake-up between two pauses is kept for the next one. Thread-safe.
 */
final class Waiter {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private volatile boolean woken;
  private volatile boolean hurried;
  private volatile boolean closed;

  boolean isClosed() {
    return closed;
  }

  /** There is work. Cheap when already told. */
  void wake() {
    if (!woken) {
      woken = true;
      signal();
    }
  }

  /** Ends the pause of now, or the next one, even if it is a back-off: a person asks. */
  void hurry() {
    hurried = true;
    signal();
  }

  /** Ends this and every later pause. */
  void close() {
    closed = true;
    signal();
  }

  /** Whether a wake-up waits for the next pause. */
  boolean hasNews() {
    return woken || hurried;
  }

  /**
   * Waits until woken, hurried, closed, or {@code atMost} is over; uses the wake-up up.
   *
   * @return whether it was woken or hurried
   */
  boolean awaitWork(Duration atMost) throws InterruptedException {
    return await(atMost, true);
  }

  /** Waits until hurried, closed, or {@code atMost} is over: news does not shorten a back-off. */
  void awaitRetry(Duration atMost) throws InterruptedException {
    await(atMost, false);
  }

  private boolean await(Duration atMost, boolean wakeable) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = atMost.toNanos();
      while (left > 0 && !closed && !hurried && !(wakeable && woken)) {
        left = changed.awaitNanos(left);
      }
      boolean news = wakeable && woken;
      if (news) {
        // Only what was seen: a wake-up that comes now is the next pause's.
        woken = false;
      }
      news |= hurried;
      hurried = false;
      return news;
    } finally {
      lock.unlock();
    }
  }

  private void signal() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
