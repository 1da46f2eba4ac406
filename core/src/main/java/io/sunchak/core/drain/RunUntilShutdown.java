package io.sunchak.core.drain;

import io.sunchak.core.Backoff;
import io.sunchak.core.CampaignId;
import io.sunchak.core.loop.GuardedLoop;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/**
 * The rounds over one campaign that has something to drain: pass and pause, until closed or until
 * nothing has come for a while.
 */
final class RunUntilShutdown implements GuardedLoop.Round {
  /** A commit costs the same for one row as for hundreds: under load, let hundreds gather. */
  private static final Duration GATHER = Duration.ofMillis(20);

  /**
   * Another node is draining: two that take turns would write twice as many batches, half as full.
   */
  private static final Duration OVERTAKEN = Duration.ofMillis(100);

  private static final Duration IDLE = Duration.ofMillis(50);

  /** Costs nothing, and spares a campaign that trickles its beginning. */
  private static final Duration REST = Duration.ofSeconds(10);

  private static final Duration DISAGREED = Duration.ofMillis(200);
  private static final Duration STOPPED = Duration.ofSeconds(10);

  /** To trim what was written last, and to meet what another node wrote meanwhile. */
  private static final int IDLE_PASSES_BEFORE_REST = 3;

  private final CampaignId campaign;
  private final DrainPass pass;
  private final Semaphore turns;
  private final Backoff backoff;
  private final DrainListener listener;
  private final Waiter waiter = new Waiter();
  private int idle;
  private int failures;

  RunUntilShutdown(
      CampaignId campaign,
      DrainPass pass,
      Semaphore turns,
      Backoff backoff,
      DrainListener listener) {
    this.campaign = campaign;
    this.pass = pass;
    this.turns = turns;
    this.backoff = backoff;
    this.listener = listener;
  }

  Waiter waiter() {
    return waiter;
  }

  @Override
  public boolean go() throws InterruptedException {
    return !waiter.isClosed() && pauseAfter(onePass()) && !waiter.isClosed();
  }

  private PassResult onePass() throws InterruptedException {
    turns.acquire();
    try {
      return pass.runOnce(campaign);
    } catch (RuntimeException defect) {
      // It says which campaign it was; whatever else is thrown, the loop around it survives.
      listener.onError(campaign, defect);
      return new PassResult.Failed(defect);
    } finally {
      turns.release();
    }
  }

  private boolean pauseAfter(PassResult result) throws InterruptedException {
    idle = result instanceof PassResult.Idle ? idle + 1 : 0;
    failures = result instanceof PassResult.Failed ? failures + 1 : 0;
    switch (result) {
      case PassResult.Moved moved -> {
        if (moved.count() < DrainPass.MAX_BATCH) {
          waiter.awaitRetry(GATHER);
        }
      }
      case PassResult.Overtaken _ -> waiter.awaitRetry(OVERTAKEN);
      case PassResult.Idle _ -> {
        boolean rests = idle >= IDLE_PASSES_BEFORE_REST;
        return waiter.awaitWork(rests ? REST : IDLE) || !rests;
      }
      case PassResult.Disagreed _ -> waiter.awaitRetry(DISAGREED);
      case PassResult.Failed _ -> waiter.awaitRetry(backoff.after(failures));
      case PassResult.Stopped _ -> waiter.awaitRetry(STOPPED);
      case PassResult.Absent _ -> {}
    }
    return !(result instanceof PassResult.Absent);
  }
}
