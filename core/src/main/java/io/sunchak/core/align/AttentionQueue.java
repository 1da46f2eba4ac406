package io.sunchak.core.align;

import io.sunchak.core.CampaignId;
import io.sunchak.core.log.Disagreement;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Campaigns that wait for the keeper, each at most once, one worker to a campaign; who is asked for
 * comes before who was merely noticed. Those that nobody asked for are bounded: what does not fit
 * is dropped, and is noticed again by the next look. Each step costs the logarithm of what waits.
 * Thread-safe.
 */
final class AttentionQueue {
  private static final Comparator<Case> BY_DUE =
      Comparator.comparingLong(Case::dueNanos).thenComparing(Case::campaign);
  private static final Comparator<Case> BY_RANK =
      Comparator.comparing(Case::asked).reversed().thenComparing(BY_DUE);

  private final int bound;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<CampaignId, Case> waiting = new HashMap<>();
  private final TreeSet<Case> due = new TreeSet<>(BY_RANK);
  private final TreeSet<Case> later = new TreeSet<>(BY_DUE);
  private final Set<CampaignId> inWork = new HashSet<>();
  private boolean closed;

  AttentionQueue(int bound) {
    this.bound = bound;
  }

  /**
   * One campaign to look at.
   *
   * @param asked somebody waits for it
   * @param failures looks in a row that ended in "later"
   * @param dueNanos not before, by {@link System#nanoTime}
   */
  record Case(
      CampaignId campaign, @Nullable Disagreement why, boolean asked, int failures, long dueNanos) {
    private Case joinedWith(Case other) {
      Disagreement worse = why == Disagreement.HOLE || other.why == null ? why : other.why;
      // A campaign that is being retried keeps its back-off, however often it is asked for.
      Case slower = failures >= other.failures ? this : other;
      boolean either = asked || other.asked;
      return new Case(campaign, worse, either, slower.failures, slower.dueNanos);
    }

    private Case dueAt(long nanos) {
      return new Case(campaign, why, asked, failures, nanos);
    }
  }

  /** Never blocks for long. */
  void add(Case added) {
    lock.lock();
    try {
      CampaignId campaign = added.campaign();
      Case before = waiting.get(campaign);
      if (closed || (before == null && !added.asked() && waiting.size() >= bound)) {
        return;
      }
      Case now = before == null ? added : before.joinedWith(added);
      if (!now.equals(before)) {
        replace(before, now);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Called with the lock held. */
  private void replace(@Nullable Case before, Case now) {
    if (before != null) {
      due.remove(before);
      later.remove(before);
    }
    waiting.put(now.campaign(), now);
    if (!inWork.contains(now.campaign())) {
      later.add(now);
      changed.signal();
    }
  }

  /** The next due campaign, which is then in work until {@link #done}; null once closed. */
  @Nullable Case take() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!closed) {
        long left = sortOut(System.nanoTime());
        Case next = due.pollFirst();
        if (next != null) {
          waiting.remove(next.campaign());
          inWork.add(next.campaign());
          passOn();
          return next;
        }
        changed.await(left, TimeUnit.NANOSECONDS);
      }
      return null;
    } finally {
      lock.unlock();
    }
  }

  /** Moves what has become due. @return how long until the next one is */
  private long sortOut(long now) {
    while (!later.isEmpty()) {
      long left = later.first().dueNanos() - now;
      if (left > 0) {
        return left;
      }
      due.add(later.removeFirst());
    }
    return Long.MAX_VALUE;
  }

  /** One signal wakes one worker: it wakes the next, if there is work for two. */
  private void passOn() {
    if (!due.isEmpty() || !later.isEmpty()) {
      changed.signal();
    }
  }

  void done(CampaignId campaign) {
    lock.lock();
    try {
      inWork.remove(campaign);
      Case again = waiting.get(campaign);
      if (again != null) {
        later.add(again);
        changed.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /** What was put off is due now. */
  void hurry() {
    lock.lock();
    try {
      long now = System.nanoTime();
      later.clear();
      due.clear();
      waiting.replaceAll((campaign, one) -> one.dueNanos() - now > 0 ? one.dueAt(now) : one);
      waiting.values().stream().filter(one -> !inWork.contains(one.campaign())).forEach(later::add);
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
}
