package io.sunchak.lab.drain;

import io.sunchak.core.Campaign;
import io.sunchak.core.CampaignId;
import io.sunchak.core.Coupon;
import io.sunchak.lab.ledger.Ledger;
import io.sunchak.lab.queue.QueuedIssue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A ledger that is slow with chosen users: a row of theirs is written when the test lets go. */
final class HeldLedger implements Ledger {
  private final Map<String, CompletableFuture<Void>> held = new ConcurrentHashMap<>();
  private final Ledger ledger;

  HeldLedger(Ledger ledger) {
    this.ledger = ledger;
  }

  /** The next row of this user waits until what is returned is completed. */
  CompletableFuture<Void> hold(String user) {
    CompletableFuture<Void> release = new CompletableFuture<>();
    held.put(user, release);
    return release;
  }

  @Override
  public CompletionStage<Boolean> issue(QueuedIssue issue) {
    CompletableFuture<Void> until = held.remove(issue.user());
    return until == null ? ledger.issue(issue) : until.thenCompose(released -> ledger.issue(issue));
  }

  @Override
  public CompletionStage<Boolean> create(Campaign campaign) {
    return ledger.create(campaign);
  }

  @Override
  public CompletionStage<Optional<Campaign>> change(Campaign campaign) {
    return ledger.change(campaign);
  }

  @Override
  public CompletionStage<Optional<Campaign>> find(CampaignId id) {
    return ledger.find(id);
  }

  @Override
  public CompletionStage<List<Campaign>> campaigns(@Nullable CampaignId after, int limit) {
    return ledger.campaigns(after, limit);
  }

  @Override
  public CompletionStage<Long> issued(CampaignId campaign) {
    return ledger.issued(campaign);
  }

  @Override
  public CompletionStage<Optional<Coupon>> find(CampaignId campaign, String user) {
    return ledger.find(campaign, user);
  }

  @Override
  public CompletionStage<List<Coupon>> page(CampaignId campaign, long after, int limit) {
    return ledger.page(campaign, after, limit);
  }
}
