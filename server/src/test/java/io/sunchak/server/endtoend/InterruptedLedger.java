package io.sunchak.server.endtoend;

import io.sunchak.core.CampaignId;
import io.sunchak.core.Reservation;
import io.sunchak.core.ledger.DrainLedger;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** The real ledger, into whose writing something comes once: before it, or after its commit. */
final class InterruptedLedger implements DrainLedger {
  private final DrainLedger ledger;
  private final AtomicReference<Runnable> before =
      new AtomicReference<>(InterruptedLedger::nothing);
  private final AtomicReference<Runnable> after = new AtomicReference<>(InterruptedLedger::nothing);

  InterruptedLedger(DrainLedger ledger) {
    this.ledger = ledger;
  }

  /** When the log was read, and nothing is written yet. */
  void beforeWriting(Runnable once) {
    before.set(once);
  }

  /** When it is committed, and nobody knows yet. */
  void afterCommit(Runnable once) {
    after.set(once);
  }

  private static void nothing() {}

  @Override
  public boolean append(CampaignId campaign, long epoch, long cursor, List<Reservation> batch) {
    before.getAndSet(InterruptedLedger::nothing).run();
    boolean written = ledger.append(campaign, epoch, cursor, batch);
    after.getAndSet(InterruptedLedger::nothing).run();
    return written;
  }

  @Override
  public Duration othersTurn(CampaignId campaign) {
    return ledger.othersTurn(campaign);
  }

  @Override
  public boolean appendFailure(
      CampaignId campaign, long epoch, long cursor, Reservation reservation, String reason) {
    return ledger.appendFailure(campaign, epoch, cursor, reservation, reason);
  }
}
