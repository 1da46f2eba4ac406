package io.sunchak.core.serving;

import io.sunchak.core.Backoff;
import io.sunchak.core.CampaignId;
import io.sunchak.core.ledger.CampaignLedger;
import io.sunchak.core.ledger.LedgerException;
import io.sunchak.core.log.Disagreement;
import io.sunchak.core.log.LogException;
import io.sunchak.core.loop.GuardedLoop;
import io.sunchak.core.loop.LoopListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the gates of all campaigns that are not over open whenever they may be. Workers check the
 * campaigns in the {@link CheckQueue}. Each second the loop also makes a {@link ServingRound},
 * which queues the campaigns whose state differs from what this node serves. One check of a
 * campaign at a time; a check that fails is repeated with a bounded back-off. Thread-safe.
 */
public final class ServingLoop {
  private static final int WORKERS = 4;
  private static final int TRIES_AT_ONCE = 3;
  private static final Duration ROUND = Duration.ofSeconds(1);

  private final ServingCheck servingCheck;
  private final ServingListener listener;
  private final CheckQueue queue;
  private final UnknownCampaigns unknown;
  private final ServingRound round;
  private final List<GuardedLoop> loops = new ArrayList<>();
  private final GuardedLoop rounds;
  private final Backoff backoff =
      new Backoff(Duration.ofMillis(50), Duration.ofSeconds(2), RandomGenerator.getDefault());

  public ServingLoop(
      CheckQueue queue,
      ServingCheck servingCheck,
      CampaignLedger campaigns,
      ServingListener listener,
      LoopListener surprises) {
    this.queue = queue;
    this.servingCheck = servingCheck;
    this.listener = listener;
    this.unknown = new UnknownCampaigns(queue, campaigns, servingCheck::markAbsent);
    this.round = new ServingRound(servingCheck, campaigns, listener, queue);
    for (int i = 0; i < WORKERS; i++) {
      Thread.Builder thread = Thread.ofVirtual().name("serving-" + i);
      loops.add(new GuardedLoop("serving", thread, this::work, surprises));
    }
    this.rounds = GuardedLoop.virtual("serving-rounds", this::goRound, surprises);
    loops.add(rounds);
    loops.add(GuardedLoop.virtual("serving-unknown", this::checkUnknown, surprises));
  }

  /** Starts the loop. May be called once. */
  public void start() {
    loops.forEach(GuardedLoop::start);
  }

  /**
   * Ends the workers after their current check.
   *
   * @return whether all ended within {@code atMost}; the others were interrupted
   */
  public boolean stop(Duration atMost) throws InterruptedException {
    queue.close();
    loops.forEach(GuardedLoop::end);
    long deadline = System.nanoTime() + atMost.toNanos();
    boolean ended = true;
    for (GuardedLoop loop : loops) {
      ended &= loop.endWithin(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
    }
    return ended;
  }

  /** Whether campaigns are served, that is, whether the current connection was found safe. */
  public boolean isServing() {
    return servingCheck.isServing();
  }

  private boolean work() throws InterruptedException {
    CheckQueue.Case next = queue.take();
    if (next != null) {
      look(next);
    }
    return next != null;
  }

  /**
   * Whatever happens, the campaign is handed back, and it is checked again unless the outcome is
   * final.
   */
  private void look(CheckQueue.Case taken) {
    CampaignId campaign = taken.campaign();
    Disagreement why = taken.why();
    ServingCheck.Outcome outcome = ServingCheck.Outcome.AGAIN;
    try {
      for (int i = 0; i < TRIES_AT_ONCE && outcome == ServingCheck.Outcome.AGAIN; i++) {
        outcome = servingCheck.run(campaign, why);
        // The script's reason no longer applies once something has changed.
        why = outcome == ServingCheck.Outcome.AGAIN ? null : why;
      }
    } catch (RuntimeException error) {
      // An engine is down, or a defect: an open gate stays open, and waiting requests are refused.
      outcome = ServingCheck.Outcome.LATER;
      servingCheck.markUnverified(campaign);
      listener.onError(campaign, error);
    } finally {
      if (outcome == ServingCheck.Outcome.LATER || outcome == ServingCheck.Outcome.AGAIN) {
        retry(taken, why);
      }
      queue.done(campaign);
    }
  }

  private void retry(CheckQueue.Case taken, @Nullable Disagreement why) {
    int tries = taken.tries() + 1;
    long due = System.nanoTime() + backoff.after(tries).toNanos();
    queue.add(new CheckQueue.Case(taken.campaign(), why, taken.asked(), tries, due));
  }

  private boolean goRound() throws InterruptedException {
    try {
      round.run();
    } catch (LedgerException | LogException away) {
      // An engine that is down cannot be asked; a lost connection closes its gates by itself.
      return rounds.pause(ROUND);
    }
    return rounds.pause(ROUND);
  }

  private boolean checkUnknown() throws InterruptedException {
    try {
      unknown.run(ROUND);
    } catch (LedgerException away) {
      return true; // waiting requests are refused when their time is up, and may be retried
    }
    return true;
  }
}
