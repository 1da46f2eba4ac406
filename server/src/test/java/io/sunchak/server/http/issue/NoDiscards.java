package io.sunchak.server.http.issue;

import io.sunchak.core.CampaignId;
import io.sunchak.core.ledger.FailureLedger.Discarded;
import io.sunchak.server.campaigns.Discards;
import java.time.Instant;
import java.util.List;

/** A ledger without a discarded number. */
public final class NoDiscards implements Discards.Source {
  @Override
  public List<Discarded> discarded(Instant since, int limit) {
    return List.of();
  }

  @Override
  public boolean isDiscarded(CampaignId campaign, long sequence) {
    return false;
  }
}
