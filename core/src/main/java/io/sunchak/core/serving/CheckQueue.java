package io.sunchak.core.serving;

import io.sunchak.core.CampaignId;
import io.sunchak.core.gate.CheckRequests;
import io.sunchak.core.log.Disagreement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The campaigns that wait for a check by the {@link ServingLoop}. Each is queued at most once and
 * checked by one worker at a time; checks that requests wait for come first. The other checks are
 * bounded: those that do not fit are dropped, and the next round finds them again. Each operation
 * costs O(log n) of the queue's size. Thread-safe.
 */
public final class CheckQueue implements CheckRequests {
  private static final int BOUND = 4_096;
  private static final Comparator<Case> BY_DUE =
      Comparator.comparingLong(Case::dueNanos).thenComparing(Case::campaign);
  private static final Comparator<Case> BY_RANK =
      Comparator.comparing(Case::asked).reversed().thenComparing(BY_DUE);

  private final int bound;
  private final BlockingQueue<CampaignId> unknown = new ArrayBlockingQueue<>(BOUND);
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<CampaignId, Case> waiting = new HashMap<>();
  private final TreeSet<Case> due = new TreeSet<>(BY_RANK);
  private final TreeSet<Case> later = new TreeSet<>(BY_DUE);
  private final Set<CampaignId> inWork = new HashSet<>();
  private boolean closed;

  /** An empty queue. */
  public CheckQueue() {
    this(BOUND);
  }

  CheckQueue(int bound) {
    this.bound = bound;
  }

  @Override
  public void checkNow(CampaignId campaign, @Nullable Disagreement why) {
    add(new Case(campaign, why, true, 0, System.nanoTime()));
  }

  @Override
  public void checkSoon(CampaignId campaign) {
    add(new Case(campaign, null, false, 0, System.nanoTime()));
  }

  /**
   * Drops the name if too many wait; the request is then refused when its time is up, and may be
   * retried.
   */
  @Override
  public void checkUnknown(CampaignId campaign) {
    var _ = unknown.offer(campaign);
  }

  /**
   * Takes some of the names given to {@link #checkUnknown}; waits at most {@code atMost} for the
   * first.
   */
  List<CampaignId> takeUnknown(Duration atMost, int most) throws InterruptedException {
    CampaignId first = unknown.poll(atMost.toMillis(), TimeUnit.MILLISECONDS);
    if (first == null) {
      return List.of();
    }
    List<CampaignId> taken = new ArrayList<>(List.of(first));
    unknown.drainTo(taken, most - 1);
    return taken;
  }

  /**
   * One campaign to check.
   *
   * @param asked whether a request waits for it
   * @param tries checks in a row that ended in "later"
   * @param dueNanos the check is not made before, by {@link System#nanoTime}
   */
  record Case(
      CampaignId campaign, @Nullable Disagreement why, boolean asked, int tries, long dueNanos) {
    private Case joinedWith(Case other) {
      Disagreement worse = why == Disagreement.HOLE || other.why == null ? why : other.why;
      // A campaign in back-off stays in back-off, however often it is asked for.
      Case slower = tries >= other.tries ? this : other;
      boolean either = asked || other.asked;
      return new Case(campaign, worse, either, slower.tries, slower.dueNanos);
    }

    private Case dueAt(long nanos) {
      return new Case(campaign, why, asked, tries, nanos);
    }
  }

  /** Blocks only for the lock. */
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

  /**
   * Whether each waiting campaign is in exactly one of the two sets, and in none while it is in
   * work. Called with the lock held.
   */
  private boolean isQueuedOnce() {
    long again = inWork.stream().filter(waiting::containsKey).count();
    return due.size() + later.size() == waiting.size() - again;
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
    assert isQueuedOnce() : "a campaign is queued twice or not at all";
  }

  /** Takes the next due campaign; no other worker gets it until {@link #done}. Null once closed. */
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
          assert isQueuedOnce() : "a campaign is queued twice or not at all";
          return next;
        }
        changed.await(left, TimeUnit.NANOSECONDS);
      }
      return null;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Moves the campaigns that have become due to the queue.
   *
   * @return nanoseconds until the next one is due
   */
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

  /** One signal wakes one worker, which wakes the next if more campaigns wait. */
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
      assert isQueuedOnce() : "a campaign is queued twice or not at all";
    } finally {
      lock.unlock();
    }
  }

  /** Makes all postponed checks due now. */
  @Override
  public void connected() {
    lock.lock();
    try {
      long now = System.nanoTime();
      later.clear();
      due.clear();
      waiting.replaceAll((campaign, one) -> one.dueNanos() - now > 0 ? one.dueAt(now) : one);
      waiting.values().stream().filter(one -> !inWork.contains(one.campaign())).forEach(later::add);
      assert isQueuedOnce() : "a campaign is queued twice or not at all";
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
