package io.sunchak.lab.write;

import io.sunchak.core.Campaign;
import io.sunchak.lab.async.Stages;
import io.sunchak.lab.cache.CacheUpdates;
import io.sunchak.lab.ledger.Ledger;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Creates and changes campaigns: in the ledger first, then in the caches. */
public record CampaignAdmin(Ledger ledger, CacheUpdates updates) {
  /** False when the id was used before. */
  public CompletionStage<Boolean> create(Campaign campaign) {
    return ledger
        .create(campaign)
        .thenCompose(made ->
            made
                ? Stages.of(updates.put(campaign).thenReturn(true))
                : CompletableFuture.completedFuture(false));
  }

  /** The campaign as it is now; empty when there is none such. */
  public CompletionStage<Optional<Campaign>> change(Campaign campaign) {
    return ledger
        .change(campaign)
        .thenCompose(changed ->
            changed.isPresent()
                ? Stages.of(updates.put(changed.get()).thenReturn(changed))
                : CompletableFuture.completedFuture(changed));
  }
}
