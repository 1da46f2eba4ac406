package io.sunchak.core.align;

import io.sunchak.core.Backoff;
import io.sunchak.core.Campaign;
import io.sunchak.core.CampaignId;
import io.sunchak.core.ledger.CampaignLedger;
import io.sunchak.core.ledger.LedgerException;
import io.sunchak.core.log.Disagreement;
import io.sunchak.core.log.LogException;
import io.sunchak.core.loop.GuardedLoop;
import io.sunchak.core.loop.GuardedRound;
import io.sunchak.core.loop.LoopListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that every campaign's gate is open whenever it may be: looks at a campaign when it is
 * asked to, at all of them at the start and every ten seconds. One look at a campaign at a time, a
 * bounded number waiting, retries with a bounded back-off. Thread-safe.
 */
public final class CampaignKeeper implements Attention {
  private static final int WORKERS = 4;
  private static final int BOUND = 4_096;
  private static final int PAGE = 1_000;
  private static final int LOOKS_AT_ONCE = 3;
  private static final Duration ROUND = Duration.ofSeconds(10);
  private static final Duration FIRST_ROUND_RETRY = Duration.ofMillis(500);

  private final Verification verification;
  private final CampaignLedger campaigns;
  private final KeeperListener listener;
  private final AttentionQueue queue = new AttentionQueue(BOUND);
  private final List<GuardedLoop> loops = new ArrayList<>();
  private final GuardedLoop rounds;
  private boolean begun;
  private final Backoff backoff =
      new Backoff(Duration.ofMillis(50), Duration.ofSeconds(2), RandomGenerator.getDefault());

  public CampaignKeeper(
      Verification verification,
      CampaignLedger campaigns,
      KeeperListener listener,
      LoopListener surprises) {
    this.verification = verification;
    this.campaigns = campaigns;
    this.listener = listener;
    for (int i = 0; i < WORKERS; i++) {
      Thread.Builder thread = Thread.ofVirtual().name("keeper-" + i);
      loops.add(new GuardedLoop("keeper", thread, this::work, surprises));
    }
    this.rounds = GuardedLoop.virtual("keeper-rounds", this::goRound, surprises);
    loops.add(rounds);
  }

  /** Begins, with a look at every campaign; once only. */
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

  @Override
  public void needed(CampaignId campaign, @Nullable Disagreement why) {
    queue.add(new AttentionQueue.Case(campaign, why, 0, System.nanoTime()));
  }

  private boolean work() throws InterruptedException {
    AttentionQueue.Case next = queue.take();
    if (next != null) {
      look(next);
    }
    return next != null;
  }

  /** Whatever happens, the campaign's turn ends, and it is looked at again unless it is settled. */
  private void look(AttentionQueue.Case taken) {
    CampaignId campaign = taken.campaign();
    Disagreement why = taken.why();
    Verification.Outcome outcome = Verification.Outcome.AGAIN;
    try {
      for (int i = 0; i < LOOKS_AT_ONCE && outcome == Verification.Outcome.AGAIN; i++) {
        outcome = verification.run(campaign, why);
        // What the word was about is over once something has changed.
        why = outcome == Verification.Outcome.AGAIN ? null : why;
      }
    } catch (RuntimeException error) {
      // An engine is away, or a defect: either way this campaign's gate stays as it is.
      outcome = Verification.Outcome.LATER;
      listener.onError(campaign, error);
    } finally {
      if (outcome == Verification.Outcome.LATER || outcome == Verification.Outcome.AGAIN) {
        retry(campaign, why, taken.failures() + 1);
      }
      queue.done(campaign);
    }
  }

  private void retry(CampaignId campaign, @Nullable Disagreement why, int failures) {
    long due = System.nanoTime() + backoff.after(failures).toNanos();
    queue.add(new AttentionQueue.Case(campaign, why, failures, due));
  }

  private boolean goRound() throws InterruptedException {
    boolean looked = begun ? checkAll() : round(campaign -> needed(campaign.id(), null));
    begun = true;
    return rounds.pause(looked ? ROUND : FIRST_ROUND_RETRY);
  }

  private boolean checkAll() {
    boolean safe;
    try {
      safe = verification.isSafe();
    } catch (LedgerException | LogException away) {
      // Whoever is away cannot be asked; a connection that is lost shuts its gates by itself.
      return false;
    }
    return round(safe ? this::check : this::shut);
  }

  private void check(Campaign campaign) {
    boolean current = campaigns.head(campaign.id()).map(verification::isCurrent).orElse(false);
    if (!current) {
      needed(campaign.id(), null);
    }
  }

  private void shut(Campaign campaign) {
    verification.shut(campaign.id());
    needed(campaign.id(), null);
  }

  private boolean round(Consumer<Campaign> each) {
    GuardedRound<Campaign> round =
        new GuardedRound<>(each, (campaign, fault) -> listener.onError(campaign.id(), fault));
    try {
      List<Campaign> page = campaigns.page(null, PAGE);
      while (!page.isEmpty()) {
        round.over(page);
        page = campaigns.page(page.getLast().id(), PAGE);
      }
      return true;
    } catch (LedgerException | LogException away) {
      return false; // the next round is near
    }
  }
}
