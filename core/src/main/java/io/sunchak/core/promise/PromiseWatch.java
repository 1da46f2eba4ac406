package io.sunchak.core.promise;

import io.sunchak.core.CampaignId;
import io.sunchak.core.gate.CheckRequests;
import io.sunchak.core.ledger.CampaignLedger;
import io.sunchak.core.ledger.LedgerHead;
import java.util.Optional;

/**
 * Checks whether the ledger has this node's promises that other nodes drained. If it lacks one, the
 * serving loop is asked to check the campaign. Thread-safe; throws {@link
 * io.sunchak.core.ledger.LedgerException}.
 */
public final class PromiseWatch {
  private final PromiseBook book;
  private final Promises promises;
  private final CampaignLedger campaigns;
  private final CheckRequests checks;

  public PromiseWatch(
      PromiseBook book, Promises promises, CampaignLedger campaigns, CheckRequests checks) {
    this.book = book;
    this.promises = promises;
    this.campaigns = campaigns;
    this.checks = checks;
  }

  /** Checks every campaign with promises once. */
  public void run() {
    for (CampaignId campaign : book.campaigns()) {
      Optional<LedgerHead> head = campaigns.head(campaign);
      if (head.isPresent() && !head.get().rebuilding() && !promises.areKept(campaign, head.get())) {
        checks.checkNow(campaign, null);
      }
    }
  }
}
