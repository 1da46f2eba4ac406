package io.sunchak.lab.cache;

import io.sunchak.core.CampaignId;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Where a strategy gets a campaign's facts from. Thread-safe. */
@FunctionalInterface
public interface CampaignFinder {
  /** Empty when there is no such campaign. */
  CompletionStage<Optional<CampaignFacts>> find(CampaignId id);
}
