package io.sunchak.server.http.issue;

import io.sunchak.core.CampaignId;
import io.sunchak.core.Holding;
import io.sunchak.core.IssueRequest;
import io.sunchak.core.drain.DrainListener;
import io.sunchak.core.ledger.CouponLedger;
import io.sunchak.core.ledger.LedgerException;
import io.sunchak.core.loop.GuardedLoop;
import io.sunchak.core.loop.LoopListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * With {@code sunchak.ack=ledger}: lets a request wait until its own row is committed. It reads the
 * rows of all waiting requests in one query, after each commit of this node's drain and at least
 * every 50 ms, and gives up after 500 ms. The cursor would be no proof, because failures move it
 * too. Thread-safe.
 *
 * <p>PostgreSQL would tell it by LISTEN, which does not work through a pooler in transaction mode.
 */
public final class CommitWatch implements DrainListener, AutoCloseable {
  private static final String LOOP = "commit-watch";
  private static final long LOOK_MILLIS = 50;
  private static final Duration PATIENCE = Duration.ofMillis(500);
  private static final int MOST = 100_000;

  private final CouponLedger coupons;
  private final boolean awaited;
  private final Queue<Waiting> arrivals = new ConcurrentLinkedQueue<>();
  private final Semaphore places = new Semaphore(MOST);
  private final Semaphore wake = new Semaphore(0);
  private final LoopListener loops;
  private final GuardedLoop watcher;
  private List<Waiting> waiting = new ArrayList<>();

  private record Waiting(
      CampaignId campaign, Holding row, long since, CompletableFuture<Boolean> answer) {}

  public CommitWatch(CouponLedger coupons, boolean awaited, LoopListener loops) {
    this.coupons = coupons;
    this.awaited = awaited;
    this.loops = loops;
    this.watcher = GuardedLoop.virtual(LOOP, this::watch, loops);
    if (awaited) {
      watcher.start();
    }
  }

  /** Whether each yes waits for its row, by {@code sunchak.ack=ledger}. */
  @Override
  public boolean isAwaited() {
    return awaited;
  }

  /** Completes with true once the row was read, or with false after 500 ms. */
  CompletableFuture<Boolean> committed(IssueRequest issue, long sequence) {
    if (!places.tryAcquire()) {
      return CompletableFuture.completedFuture(false);
    }
    CompletableFuture<Boolean> answer = new CompletableFuture<>();
    Holding row = new Holding(issue.user().value(), sequence);
    arrivals.add(new Waiting(issue.campaign(), row, System.nanoTime(), answer));
    return answer;
  }

  /** Reads now, because this node has committed rows. */
  @Override
  public void onDrained(CampaignId campaign, long cursor) {
    wake.release();
  }

  private boolean watch() throws InterruptedException {
    try {
      var _ = wake.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException closed) {
      waiting.forEach(w -> w.answer().complete(false));
      throw closed;
    }
    wake.drainPermits();
    for (Waiting next = arrivals.poll(); next != null; next = arrivals.poll()) {
      waiting.add(next);
    }
    waiting = look();
    return true;
  }

  private List<Waiting> look() {
    Map<CampaignId, List<Waiting>> byCampaign =
        waiting.stream().collect(Collectors.groupingBy(Waiting::campaign));
    List<Waiting> left = new ArrayList<>();
    byCampaign.forEach((campaign, asked) -> {
      Set<Holding> committed = read(campaign, asked);
      for (Waiting one : asked) {
        boolean done = committed.contains(one.row());
        if (done || System.nanoTime() - one.since() > PATIENCE.toNanos()) {
          places.release();
          one.answer().complete(done);
        } else {
          left.add(one);
        }
      }
    });
    return left;
  }

  /** Requests that wait too long are answered, even if the ledger cannot be read. */
  private Set<Holding> read(CampaignId campaign, List<Waiting> asked) {
    try {
      return coupons.committed(campaign, asked.stream().map(Waiting::row).toList());
    } catch (LedgerException away) {
      return Set.of();
    } catch (RuntimeException defect) {
      loops.tell(LOOP, defect);
      return Set.of();
    }
  }

  @Override
  public void close() {
    watcher.interrupt();
  }
}
