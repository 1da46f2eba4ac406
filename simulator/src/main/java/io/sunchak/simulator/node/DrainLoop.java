package io.sunchak.simulator.node;

import io.sunchak.core.Backoff;
import io.sunchak.core.CampaignId;
import io.sunchak.core.drain.DrainPass;
import io.sunchak.core.drain.PassResult;
import io.sunchak.simulator.time.Scheduler;
import io.sunchak.simulator.time.Signal;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** Passes and pauses over the one campaign, as {@code DrainRounds} makes them. */
final class DrainLoop {
  private static final Duration GATHER = Duration.ofMillis(20);
  private static final Duration OVERTAKEN = Duration.ofMillis(100);
  private static final Duration IDLE = Duration.ofMillis(50);
  private static final Duration REST = Duration.ofSeconds(1);
  private static final Duration DISAGREED = Duration.ofMillis(200);
  private static final int IDLE_PASSES_BEFORE_REST = 3;

  private final Scheduler scheduler;
  private final CampaignId campaign;
  private final Backoff backoff;
  private final Signal news = new Signal();
  private int idle;
  private int failed;

  DrainLoop(Scheduler scheduler, CampaignId campaign, RandomGenerator random) {
    this.scheduler = scheduler;
    this.campaign = campaign;
    this.backoff = new Backoff(Duration.ofMillis(50), Duration.ofSeconds(5), random);
  }

  /** This node has accepted somebody. */
  void wake() {
    news.raise();
  }

  /** Drains for ever. */
  void work(DrainPass pass) {
    while (true) {
      pauseAfter(pass.runOnce(campaign));
    }
  }

  private void pauseAfter(PassResult result) {
    idle = result instanceof PassResult.Idle ? idle + 1 : 0;
    failed = result instanceof PassResult.Failed ? failed + 1 : 0;
    switch (result) {
      case PassResult.Moved moved -> scheduler.sleep(moved.more() ? Duration.ZERO : GATHER);
      case PassResult.Overtaken _ -> scheduler.sleep(OVERTAKEN);
      case PassResult.OthersTurn others -> scheduler.sleep(others.left());
      case PassResult.Idle _ ->
          scheduler.await(news, idle >= IDLE_PASSES_BEFORE_REST ? REST : IDLE);
      case PassResult.Disagreed _ -> scheduler.sleep(DISAGREED);
      case PassResult.Failed _ -> scheduler.sleep(backoff.after(failed));
      case PassResult.Stopped _, PassResult.Absent _ -> scheduler.sleep(REST);
    }
  }
}
