package io.sunchak.server.http.issue;

import io.sunchak.core.CampaignId;
import io.sunchak.core.CodePlace;
import io.sunchak.core.Holding;
import io.sunchak.core.IssueRequest;
import io.sunchak.core.drain.DrainListener;
import io.sunchak.core.ledger.CouponLedger;
import io.sunchak.core.ledger.LedgerException;
import io.sunchak.core.loop.GuardedLoop;
import io.sunchak.core.loop.LoopListener;
import io.sunchak.server.codes.CouponCodes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
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

  private final Rows rows;
  private final boolean awaited;
  private final Queue<Waiting> arrivals = new ConcurrentLinkedQueue<>();
  private final Semaphore places = new Semaphore(MOST);
  private final Semaphore wake = new Semaphore(0);
  private final LoopListener loops;
  private final GuardedLoop watcher;
  private List<Waiting> waiting = new ArrayList<>();

  /**
   * Where rows and their codes come from.
   *
   * @param spaces the ledger's {@code codeSpace}
   */
  public record Rows(
      CouponLedger coupons, Function<CampaignId, OptionalLong> spaces, CouponCodes codes) {}

  /**
   * A row that was read.
   *
   * @param code empty if the campaign has no codes, or this node no key for them
   */
  record Committed(Optional<String> code) {}

  private record Waiting(
      CampaignId campaign,
      Holding row,
      long since,
      CompletableFuture<Optional<Committed>> answer) {}

  public CommitWatch(Rows rows, boolean awaited, LoopListener loops) {
    this.rows = rows;
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

  /** Completes with the row once it was read, or empty after 500 ms. */
  CompletableFuture<Optional<Committed>> committed(IssueRequest issue, long sequence) {
    if (!places.tryAcquire()) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
    CompletableFuture<Optional<Committed>> answer = new CompletableFuture<>();
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
      waiting.forEach(w -> w.answer().complete(Optional.empty()));
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
      Map<Holding, Committed> committed = read(campaign, asked);
      for (Waiting one : asked) {
        Optional<Committed> done = Optional.ofNullable(committed.get(one.row()));
        if (done.isPresent() || System.nanoTime() - one.since() > PATIENCE.toNanos()) {
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
  private Map<Holding, Committed> read(CampaignId campaign, List<Waiting> asked) {
    try {
      return shown(campaign, rows.coupons().committed(campaign, holdings(asked)));
    } catch (LedgerException away) {
      return Map.of();
    } catch (RuntimeException defect) {
      loops.tell(LOOP, defect);
      return Map.of();
    }
  }

  private static List<Holding> holdings(List<Waiting> asked) {
    return asked.stream().map(Waiting::row).toList();
  }

  /** The rows with their codes, which are computed here and not on a connection's loop. */
  private Map<Holding, Committed> shown(CampaignId campaign, Collection<Holding> committed) {
    if (committed.isEmpty()) {
      return Map.of();
    }
    OptionalLong space = rows.spaces().apply(campaign);
    return committed.stream()
        .collect(
            Collectors.toMap(
                Function.identity(), row -> new Committed(code(space, row.sequence()))));
  }

  private Optional<String> code(OptionalLong space, long sequence) {
    return space.isEmpty()
        ? Optional.empty()
        : rows.codes().of(new CodePlace(space.getAsLong(), sequence));
  }

  @Override
  public void close() {
    watcher.interrupt();
  }
}
