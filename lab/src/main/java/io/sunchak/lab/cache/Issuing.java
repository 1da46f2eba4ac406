package io.sunchak.lab.cache;

import io.sunchak.core.CampaignId;
import io.sunchak.lab.ledger.Ledger;
import io.sunchak.lab.queue.QueuedIssue;
import java.util.Collection;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What every drain does with an entry, and after a run: the row, then the caches. */
public record Issuing(Ledger ledger, CacheUpdates updates) {
  /** Reads an entry and writes its row; gives the campaign. Fails when it can do neither. */
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
