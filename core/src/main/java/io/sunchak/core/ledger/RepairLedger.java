package io.sunchak.core.ledger;

import io.sunchak.core.CampaignId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The repairs: what resyncs found and how they settled it, for operators to read. Thread-safe,
 * blocking; throws {@link LedgerException} when it fails.
 */
public interface RepairLedger {

  /** One finding of the resync of {@code epoch}. */
  record Entry(long id, long epoch, Instant foundAt, Drift drift) {}

  /**
   * A campaign's newest resync that left something for an operator, or the newest of all if none
   * did. A number that its holder has regained since is not counted.
   *
   * @param last the id of the campaign's newest entry
   */
  record Repair(
      CampaignId campaign, long epoch, Instant foundAt, RepairSummary summary, long last) {}

  /**
   * The campaigns with findings, the newest finding first.
   *
   * @param before only those whose newest entry has a lower id
   */
  List<Repair> newest(long before, int limit);

  /** The one campaign's; empty if nothing was ever found. */
  Optional<Repair> newest(CampaignId campaign);

  /**
   * A campaign's entries: those of the newest resync first, and within one resync those about nodes
   * first.
   *
   * @param before only entries with a lower id
   */
  List<Entry> page(CampaignId campaign, long before, int limit);

  /** The newest entry about a user. Entries about nodes are ignored. */
  Optional<Entry> ofUser(CampaignId campaign, String user);
}
