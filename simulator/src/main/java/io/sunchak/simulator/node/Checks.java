package io.sunchak.simulator.node;

import io.sunchak.core.Backoff;
import io.sunchak.core.CampaignId;
import io.sunchak.core.gate.AdmissionGate;
import io.sunchak.core.gate.CheckRequests;
import io.sunchak.core.ledger.LedgerException;
import io.sunchak.core.log.Disagreement;
import io.sunchak.core.log.LogException;
import io.sunchak.core.serving.ServingCheck;
import io.sunchak.core.serving.ServingCheck.Outcome;
import io.sunchak.simulator.time.Scheduler;
import io.sunchak.simulator.time.Signal;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The wanted checks of the one campaign, and the worker that makes them, as {@code ServingLoop}
 * does: a few tries at once, then again after a growing pause.
 */
final class Checks implements CheckRequests {
  private static final int TRIES_AT_ONCE = 3;
  private static final Duration LONG = Duration.ofHours(1);

  private final Scheduler scheduler;
  private final CampaignId campaign;
  private final Backoff backoff;
  private final Signal wanted = new Signal();
  private final Consumer<Disagreement> found;
  private @Nullable Disagreement why;
  private boolean hurried;

  Checks(
      Scheduler scheduler,
      CampaignId campaign,
      RandomGenerator random,
      Consumer<Disagreement> found) {
    this.found = found;
    this.scheduler = scheduler;
    this.campaign = campaign;
    this.backoff = new Backoff(Duration.ofMillis(50), Duration.ofSeconds(2), random);
  }

  @Override
  public void checkNow(CampaignId asked, @Nullable Disagreement reason) {
    if (reason != null) {
      found.accept(reason);
      why = why == Disagreement.HOLE ? why : reason;
    }
    wanted.raise();
  }

  @Override
  public void connected() {
    hurried = true;
    wanted.raise();
  }

  /** Makes checks for ever. */
  void work(ServingCheck check, AdmissionGate gate) {
    int tries = 0;
    while (true) {
      Duration pause = tries == 0 ? LONG : backoff.after(tries);
      if (tries == 0) {
        scheduler.await(wanted, pause);
      } else {
        // A campaign in back-off stays in back-off, unless there is a new connection.
        long until = scheduler.now() + pause.toNanos();
        hurried = false;
        while (!hurried && scheduler.now() < until) {
          scheduler.await(wanted, Duration.ofNanos(until - scheduler.now()));
        }
      }
      tries = look(check, gate) ? 0 : tries + 1;
    }
  }

  /** Whether no other look must follow. */
  private boolean look(ServingCheck check, AdmissionGate gate) {
    Disagreement reason = why;
    why = null;
    Outcome outcome = Outcome.AGAIN;
    try {
      for (int i = 0; i < TRIES_AT_ONCE && outcome == Outcome.AGAIN; i++) {
        outcome = check.run(campaign, reason);
        reason = outcome == Outcome.AGAIN ? null : reason;
      }
    } catch (LedgerException | LogException passing) {
      outcome = Outcome.LATER;
      gate.markUnverified(campaign);
    }
    boolean done = outcome != Outcome.AGAIN && outcome != Outcome.LATER;
    if (!done && why == null) {
      why = reason;
    }
    return done;
  }
}
