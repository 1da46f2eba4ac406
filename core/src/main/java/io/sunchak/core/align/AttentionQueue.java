package io.sunchak.core.align;

import io.sunchak.core.CampaignId;
import io.sunchak.core.log.Disagreement;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Campaigns that wait for the keeper, each at most once, one worker to a campaign. Bounded: what
 * does not fit is dropped, and is asked for again by the next request. Thread-safe.
 */
final class AttentionQueue {
  private final int bound;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<CampaignId, Case> waiting = new LinkedHashMap<>();
  private final Set<CampaignId> inWork = new HashSet<>();
  private boolean closed;

  AttentionQueue(int bound) {
    this.bound = bound;
  }

  /**
   * One campaign to look at.
   *
   * @param failures looks in a row that ended in "later"
   * @param dueNanos not before, by {@link System#nanoTime}
   */
  record Case(CampaignId campaign, @Nullable Disagreement why, int failures, long dueNanos) {
    private Case joinedWith(Case other) {
      Disagreement worse = why == Disagreement.HOLE || other.why == null ? why : other.why;
      // A campaign that is being retried keeps its back-off, however often it is asked for.
      Case slower = failures >= other.failures ? this : other;
      return new Case(campaign, worse, slower.failures, slower.dueNanos);
    }
  }

  /** Never blocks for long. */
  void add(Case added) {
    lock.lock();
    try {
      if (!closed && (waiting.containsKey(added.campaign()) || waiting.size() < bound)) {
        waiting.merge(added.campaign(), added, Case::joinedWith);
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** The next due campaign, which is then in work until {@link #done}; null once closed. */
  @Nullable Case take() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!closed) {
        Case next = earliest();
        long left = next == null ? Long.MAX_VALUE : next.dueNanos() - System.nanoTime();
        if (next != null && left <= 0) {
          waiting.remove(next.campaign());
          inWork.add(next.campaign());
          return next;
        }
        changed.await(left, TimeUnit.NANOSECONDS);
      }
      return null;
    } finally {
      lock.unlock();
    }
  }

  void done(CampaignId campaign) {
    lock.lock();
    try {
      inWork.remove(campaign);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Case earliest() {
    Case earliest = null;
    for (Case candidate : waiting.values()) {
      boolean sooner = earliest == null || candidate.dueNanos() - earliest.dueNanos() < 0;
      if (sooner && !inWork.contains(candidate.campaign())) {
        earliest = candidate;
      }
    }
    return earliest;
  }
}
