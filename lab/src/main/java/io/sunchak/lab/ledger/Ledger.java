package io.sunchak.lab.ledger;

import io.sunchak.core.Campaign;
import io.sunchak.core.CampaignId;
import io.sunchak.core.Coupon;
import io.sunchak.lab.queue.QueuedIssue;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The lab's durable record. Thread-safe. Stages fail with {@link
 * io.sunchak.core.ledger.LedgerException} when it cannot be reached or refuses for now, and with
 * {@link UnissuableException} when it will never take this row.
 */
public interface Ledger {
  /** False when the id was used before. */
  CompletionStage<Boolean> create(Campaign campaign);

  /** Writes these values as the next version and returns it; empty when there is none such. */
  CompletionStage<Optional<Campaign>> change(Campaign campaign);

  CompletionStage<Optional<Campaign>> find(CampaignId id);

  /** In order of id, those after {@code after}. */
  CompletionStage<List<Campaign>> campaigns(@Nullable CampaignId after, int limit);

  /**
   * Writes a coupon, once: again is harmless, so that whoever does not know whether it happened may
   * simply repeat. Checks no stock.
   */
  CompletionStage<Boolean> issue(QueuedIssue issue);

  /** How many coupons the campaign has. */
  CompletionStage<Long> issued(CampaignId campaign);

  CompletionStage<Optional<Coupon>> find(CampaignId campaign, String user);

  /** In order of sequence, those above {@code after}. */
  CompletionStage<List<Coupon>> page(CampaignId campaign, long after, int limit);
}
