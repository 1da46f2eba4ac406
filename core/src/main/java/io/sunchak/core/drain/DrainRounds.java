package io.sunchak.core.drain;

import io.sunchak.core.Backoff;
import io.sunchak.core.CampaignId;
import io.sunchak.core.ledger.DrainLedger;
import io.sunchak.core.loop.GuardedLoop;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/**
 * The drain's loop over one campaign: pass and pause, until it is closed or the log has been empty
 * for a while.
 */
final class DrainRounds implements GuardedLoop.Round {
  /**
   * A commit costs the same for one row as for hundreds, so under load the loop lets hundreds
   * gather.
   */
  private static final Duration GATHER = Duration.ofMillis(20);

  /**
   * The time between two reads of the log while many are accepted: fewer commits leave more of the
   * disk and the processors to accepting. It is not longer because answers wait while a batch is
   * written: with 250 ms, writing the rows of a burst took both processors for so long that the
   * slowest hundredth of the answers took seven times as long.
   */
  private static final Duration YIELD = Duration.ofMillis(50);

  /**
   * The pause after another node was faster: two nodes in turn would write twice as many batches,
   * each half as full.
   */
  private static final Duration OVERTAKEN = Duration.ofMillis(100);

  private static final Duration IDLE = Duration.ofMillis(50);

  /**
   * How long an idle loop waits for a wake-up before it ends. Waiting costs nothing and saves
   * restarts when reservations come slowly.
   */
  private static final Duration REST = Duration.ofSeconds(10);

  private static final Duration DISAGREED = Duration.ofMillis(200);
  private static final Duration STOPPED = Duration.ofSeconds(10);

  /**
   * How many passes an idle loop makes before it rests: they trim the last entries of the log and
   * see what another node wrote.
   */
  private static final int IDLE_PASSES_BEFORE_REST = 3;

  private final CampaignId campaign;
  private final DrainPass pass;
  private final Semaphore passes;
  private final Backoff backoff;
  private final DrainListener listener;
  private final Waiter waiter = new Waiter();
  private int idle;
  private int failedPasses;

  DrainRounds(
      CampaignId campaign,
      DrainPass pass,
      Semaphore passes,
      Backoff backoff,
      DrainListener listener) {
    this.campaign = campaign;
    this.pass = pass;
    this.passes = passes;
    this.backoff = backoff;
    this.listener = listener;
  }

  Waiter waiter() {
    return waiter;
  }

  @Override
  public boolean go() throws InterruptedException {
    long started = System.nanoTime();
    return !waiter.isClosed() && pauseAfter(onePass(), started) && !waiter.isClosed();
  }

  private PassResult onePass() throws InterruptedException {
    passes.acquire();
    try {
      return pass.runOnce(campaign);
    } catch (RuntimeException defect) {
      // Reported here with the campaign's id; the loop around this one survives everything else.
      listener.onError(campaign, defect);
      return new PassResult.Failed(defect);
    } finally {
      passes.release();
    }
  }

  private boolean pauseAfter(PassResult result, long started) throws InterruptedException {
    idle = result instanceof PassResult.Idle ? idle + 1 : 0;
    failedPasses = result instanceof PassResult.Failed ? failedPasses + 1 : 0;
    switch (result) {
      case PassResult.Moved moved -> {
        if (!moved.more()) {
          waiter.awaitRetry(gathering(moved, started));
        }
      }
      case PassResult.Overtaken _ -> waiter.awaitRetry(OVERTAKEN);
      case PassResult.OthersTurn others -> waiter.awaitRetry(others.left());
      case PassResult.Idle _ -> {
        boolean rests = idle >= IDLE_PASSES_BEFORE_REST;
        return waiter.awaitWork(rests ? REST : IDLE) || !rests;
      }
      case PassResult.Disagreed _ -> waiter.awaitRetry(DISAGREED);
      case PassResult.Failed _ -> waiter.awaitRetry(backoff.after(failedPasses));
      case PassResult.Stopped _ -> waiter.awaitRetry(STOPPED);
      case PassResult.Absent _ -> {}
    }
    return !(result instanceof PassResult.Absent);
  }

  /** Counted from the read, so that a slow ledger makes no pause longer. */
  private Duration gathering(PassResult.Moved moved, long started) {
    if (moved.count() < DrainLedger.BUSY || listener.isAwaited()) {
      return GATHER;
    }
    Duration left = YIELD.minusNanos(System.nanoTime() - started);
    return left.compareTo(GATHER) > 0 ? left : GATHER;
  }
}
