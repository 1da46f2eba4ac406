package io.sunchak.lab.write;

import io.sunchak.core.CampaignId;
import io.sunchak.lab.cache.CacheUpdates;
import io.sunchak.lab.ledger.Ledger;
import io.sunchak.lab.queue.QueuedIssue;
import java.util.Collection;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What every drain does: writes the row of an entry, and updates the caches after a run. */
public record Issuing(Ledger ledger, CacheUpdates updates) {
  /**
   * Reads an entry and writes its row; gives its campaign. Fails when the entry cannot be read or
   * written.
   */
  public Mono<CampaignId> issue(String entry) {
    return Mono.fromCallable(() -> QueuedIssue.parse(entry))
        .flatMap(issue ->
            Mono.fromCompletionStage(() -> ledger.issue(issue)).thenReturn(issue.campaign()));
  }

  /** Tells the caches how many coupons these campaigns have now. */
  public Mono<Void> refresh(Collection<CampaignId> campaigns) {
    return Flux.fromIterable(campaigns)
        .distinct()
        .concatMap(campaign ->
            Mono.fromCompletionStage(() -> ledger.issued(campaign))
                .flatMap(issued -> updates.issued(campaign, issued)))
        .then();
  }
}
