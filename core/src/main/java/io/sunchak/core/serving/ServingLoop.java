package io.sunchak.core.serving;

import io.sunchak.core.Backoff;
import io.sunchak.core.CampaignId;
import io.sunchak.core.ledger.CampaignLedger;
import io.sunchak.core.ledger.LedgerException;
import io.sunchak.core.ledger.Progress;
import io.sunchak.core.log.Disagreement;
import io.sunchak.core.log.LogException;
import io.sunchak.core.loop.GuardedLoop;
import io.sunchak.core.loop.GuardedRound;
import io.sunchak.core.loop.LoopListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the gate of every living campaign open whenever it may be. It checks a campaign when the
 * {@link CheckQueue} holds it; each second it reads a page of the ledger and queues the campaigns
 * that this node serves otherwise than the page says; and it checks the engines' settings. One
 * check of a campaign at a time; a check that fails is repeated with a bounded back-off.
 * Thread-safe.
 */
public final class ServingLoop {
  private static final int WORKERS = 4;
  private static final int PAGE = 1_000;
  private static final int LOOKS_AT_ONCE = 3;
  private static final Duration ROUND = Duration.ofSeconds(1);

  private final ServingCheck servingCheck;
  private final CampaignLedger campaigns;
  private final ServingListener listener;
  private final CheckQueue queue;
  private final UnknownCampaigns unknown;
  private final List<GuardedLoop> loops = new ArrayList<>();
  private final GuardedLoop rounds;
  private final Backoff backoff =
      new Backoff(Duration.ofMillis(50), Duration.ofSeconds(2), RandomGenerator.getDefault());
  private @Nullable CampaignId after;
  private Set<CampaignId> unseen = new HashSet<>();

  public ServingLoop(
      CheckQueue queue,
      ServingCheck servingCheck,
      CampaignLedger campaigns,
      ServingListener listener,
      LoopListener surprises) {
    this.queue = queue;
    this.servingCheck = servingCheck;
    this.campaigns = campaigns;
    this.listener = listener;
    this.unknown = new UnknownCampaigns(queue, campaigns, servingCheck::absent);
    for (int i = 0; i < WORKERS; i++) {
      Thread.Builder thread = Thread.ofVirtual().name("serving-" + i);
      loops.add(new GuardedLoop("serving", thread, this::work, surprises));
    }
    this.rounds = GuardedLoop.virtual("serving-rounds", this::goRound, surprises);
    loops.add(rounds);
    loops.add(GuardedLoop.virtual("serving-unknown", this::checkUnknown, surprises));
  }

  /** Begins; once only. */
  public void start() {
    loops.forEach(GuardedLoop::start);
  }

  /**
   * Ends the workers after the look they are at.
   *
   * @return whether all had ended within {@code atMost}; those that had not were interrupted
   */
  public boolean stop(Duration atMost) throws InterruptedException {
    queue.close();
    loops.forEach(GuardedLoop::end);
    long deadline = System.nanoTime() + atMost.toNanos();
    boolean ended = true;
    for (GuardedLoop loop : loops) {
      ended &= loop.endsWithin(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
    }
    return ended;
  }

  /** Whether campaigns are served: the connection of now was found safe. */
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

  /** Whatever happens, the campaign's turn ends, and it is looked at again unless it is settled. */
  private void look(CheckQueue.Case taken) {
    CampaignId campaign = taken.campaign();
    Disagreement why = taken.why();
    ServingCheck.Outcome outcome = ServingCheck.Outcome.AGAIN;
    try {
      for (int i = 0; i < LOOKS_AT_ONCE && outcome == ServingCheck.Outcome.AGAIN; i++) {
        outcome = servingCheck.run(campaign, why);
        // What the word was about is over once something has changed.
        why = outcome == ServingCheck.Outcome.AGAIN ? null : why;
      }
    } catch (RuntimeException error) {
      // An engine is away, or a defect: an open gate stays open, and nobody waits for a look.
      outcome = ServingCheck.Outcome.LATER;
      servingCheck.failed(campaign);
      listener.onError(campaign, error);
    } finally {
      if (outcome == ServingCheck.Outcome.LATER || outcome == ServingCheck.Outcome.AGAIN) {
        retry(taken, why);
      }
      queue.done(campaign);
    }
  }

  private void retry(CheckQueue.Case taken, @Nullable Disagreement why) {
    int failures = taken.failures() + 1;
    long due = System.nanoTime() + backoff.after(failures).toNanos();
    queue.add(new CheckQueue.Case(taken.campaign(), why, taken.asked(), failures, due));
  }

  private boolean goRound() throws InterruptedException {
    try {
      if (servingCheck.isSafe()) {
        checkPage();
      } else {
        servingCheck.shutAll();
      }
    } catch (LedgerException | LogException away) {
      // Whoever is away cannot be asked; a connection that is lost shuts its gates by itself.
      return rounds.pause(ROUND);
    }
    return rounds.pause(ROUND);
  }

  private void checkPage() {
    if (after == null) {
      unseen = new HashSet<>(servingCheck.served());
    }
    List<Progress> page = campaigns.living(after, PAGE);
    new GuardedRound<>(this::check, (one, fault) -> listener.onError(one.campaign().id(), fault))
        .over(page);
    after = page.size() < PAGE ? null : page.getLast().campaign().id();
    if (after == null) {
      servingCheck.over(unseen);
    }
  }

  private void check(Progress living) {
    CampaignId campaign = living.campaign().id();
    unseen.remove(campaign);
    if (!servingCheck.isCurrent(living)) {
      queue.checkSoon(campaign);
    }
  }

  private boolean checkUnknown() throws InterruptedException {
    try {
      unknown.run(ROUND);
    } catch (LedgerException away) {
      // Nothing can be said of these names now: who waits is told so in time, and may ask again.
      return true;
    }
    return true;
  }
}
