package io.sunchak.core.ledger;

import io.sunchak.core.CampaignId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What resyncs found and how they settled it, as operators read it. Thread-safe, blocking; throws
 * {@link LedgerException} when it fails.
 */
public interface RepairLedger {

  /** One finding of the resync of {@code epoch}. */
  record Entry(long id, long epoch, Instant foundAt, Drift drift) {}

  /**
   * A campaign's newest resync that left something for a person, or the newest of all when none
   * did. A number that its holder has taken back since counts no more.
   *
   * @param last the id of the campaign's newest entry
   */
  record Repair(
      CampaignId campaign, long epoch, Instant foundAt, RepairSummary summary, long last) {}

  /**
   * The campaigns of which something was found, the newest finding first.
   *
   * @param before only those whose newest entry has a lower id
   */
  List<Repair> newest(long before, int limit);

  /** The one campaign's; empty when nothing was ever found. */
  Optional<Repair> newest(CampaignId campaign);

  /**
   * A campaign's entries, the newest the resync's first, and of one resync what concerns its nodes
   * first.
   *
   * @param before only entries with a lower id
   */
  List<Entry> page(CampaignId campaign, long before, int limit);

  /** The newest entry about a user; a node is none. */
  Optional<Entry> ofUser(CampaignId campaign, String user);
}
