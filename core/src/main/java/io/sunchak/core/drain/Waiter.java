package io.sunchak.core.drain;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The pause between two passes. It ends after its time, at a wake-up, or when the waiter is closed.
 * A wake-up between two pauses is kept for the next one. Thread-safe.
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

  /** Wakes the loop because there is work. Cheap when a wake-up is pending already. */
  void wake() {
    if (!woken) {
      woken = true;
      signal();
    }
  }

  /**
   * Ends the current or the next pause, even if it is a back-off, because an operator asked for it.
   */
  void hurry() {
    hurried = true;
    signal();
  }

  /** Ends the current and every later pause. */
  void close() {
    closed = true;
    signal();
  }

  /** Whether a wake-up waits for the next pause. */
  boolean hasNews() {
    return woken || hurried;
  }

  /**
   * Waits until woken, hurried, closed, or {@code atMost} is over; consumes the wake-up.
   *
   * @return whether it was woken or hurried
   */
  boolean awaitWork(Duration atMost) throws InterruptedException {
    return await(atMost, true);
  }

  /**
   * Waits until hurried, closed, or {@code atMost} is over: a wake-up does not shorten a back-off.
   */
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
        // Clears only what was seen: a wake-up that comes now is kept for the next pause.
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
