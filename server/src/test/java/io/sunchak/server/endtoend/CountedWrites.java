package io.sunchak.server.endtoend;

import io.sunchak.core.CampaignId;
import io.sunchak.core.Reservation;
import io.sunchak.core.ledger.DrainLedger;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** The real ledger as one node writes into it; counts batches, and may die. */
final class CountedWrites implements DrainLedger {
  private final DrainLedger ledger;
  private final AtomicInteger written = new AtomicInteger();
  private final AtomicInteger lost = new AtomicInteger();
  private final AtomicLong newest = new AtomicLong(Long.MIN_VALUE);
  private volatile boolean dead;

  CountedWrites(DrainLedger ledger) {
    this.ledger = ledger;
  }

  /** Batches that became rows. */
  int written() {
    return written.get();
  }

  /** Batches that were read and sent for nothing, because another node had written them. */
  int lost() {
    return lost.get();
  }

  /** When the newest batch was written, by {@link System#nanoTime}. */
  long newest() {
    return newest.get();
  }

  /** From here on this node does nothing any more, and says so to nobody. */
  void die() {
    dead = true;
  }

  private void live() {
    if (dead) {
      throw new IllegalStateException("the node is dead");
    }
  }

  @Override
  public Duration othersTurn(CampaignId campaign) {
    live();
    return ledger.othersTurn(campaign);
  }

  @Override
  public boolean append(CampaignId campaign, long epoch, long cursor, List<Reservation> batch) {
    live();
    boolean done = ledger.append(campaign, epoch, cursor, batch);
    (done ? written : lost).incrementAndGet();
    if (done) {
      newest.set(System.nanoTime());
    }
    return done;
  }

  @Override
  public boolean appendFailure(
      CampaignId campaign, long epoch, long cursor, Reservation reservation, String reason) {
    live();
    return ledger.appendFailure(campaign, epoch, cursor, reservation, reason);
  }
}
