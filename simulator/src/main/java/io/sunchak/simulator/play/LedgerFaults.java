package io.sunchak.simulator.play;

import io.sunchak.core.ledger.LedgerException;
import io.sunchak.core.testing.InMemoryLedger;
import io.sunchak.core.testing.Interference;
import io.sunchak.simulator.time.Scheduler;
import io.sunchak.simulator.time.Trace;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What happens around each transaction of the ledger, on its caller's thread: it takes a moment, it
 * fails while the ledger is away, its answer is lost, or the thread stands still.
 */
final class LedgerFaults {
  private static final Duration MOST = Duration.ofMillis(1);

  /** Calls of a resync: half of the threads that stand still do so there, and lose its lock. */
  private static final Set<String> RESYNC =
      Set.of("begin", "handOver", "withoutHandOver", "inAttempt", "held", "finish");

  private final InMemoryLedger ledger;
  private final Scheduler scheduler;
  private final Random random;
  private final Trace trace;
  private @Nullable Step freeze;
  private long awayUntil;
  private long muteUntil;

  LedgerFaults(InMemoryLedger ledger, Scheduler scheduler, Random random, Trace trace) {
    this.ledger = ledger;
    this.scheduler = scheduler;
    this.random = random;
    this.trace = trace;
  }

  /** One of the threads that call the ledger next stands still there. */
  void freezeOne(Step step) {
    freeze = step;
  }

  void awayUntil(long time) {
    awayUntil = time;
  }

  /** Until then transactions are done, and their sessions end with the answer. */
  void muteUntil(long time) {
    muteUntil = time;
  }

  void heal() {
    freeze = null;
    awayUntil = 0;
    muteUntil = 0;
  }

  void at(Interference.Step call) {
    if (!scheduler.isInActor()) {
      return;
    }
    scheduler.sleep(random.nextLong(MOST.toNanos()) + standsStill(call));
    if (!call.done() && awayUntil > scheduler.now()) {
      throw new LedgerException("the ledger is away", null);
    }
    if (call.done() && muteUntil > scheduler.now()) {
      ledger.dropLocks();
      throw new LedgerException("the ledger's answer was lost", null);
    }
  }

  /** For how many nanoseconds. */
  private long standsStill(Interference.Step call) {
    Step due = freeze;
    boolean inResync = RESYNC.contains(call.call());
    if (due == null || random.nextInt(4) != 0 || !(inResync || due.number() % 2 == 0)) {
      return 0;
    }
    freeze = null;
    if (inResync) {
      ledger.dropLocks();
    }
    trace.add(scheduler.now(), () -> "a thread stands still at " + call);
    return Duration.ofMillis(20 + due.number() / 2 % 5_000).toNanos();
  }
}
