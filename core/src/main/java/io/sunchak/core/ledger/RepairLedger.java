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
   * did. A number that its holder has regained since is not counted, nor is a silent node that has
   * answered since: all that it promised is in the ledger or was settled by a later resync.
   *
   * @param last the id of the campaign's newest entry of those that are listed
   */
  record Repair(
      CampaignId campaign, long epoch, Instant foundAt, RepairSummary summary, long last) {}

  /**
   * A node that did not hand over to the resyncs of {@code campaigns} campaigns.
   *
   * @param foundAt when the last of them noticed it
   */
  record SilentNode(String node, Instant foundAt, long campaigns) {}

  /**
   * The campaigns with findings of their own, the newest finding first. Silent nodes are left out:
   * see {@link #silentNodes}.
   *
   * @param before only those whose newest entry has a lower id
   */
  List<Repair> newest(long before, int limit);

  /**
   * The nodes that did not hand over and have not answered since, the last noticed first: one each,
   * however many campaigns.
   */
  List<SilentNode> silentNodes(int limit);

  /**
   * The campaigns to whose resyncs this node did not hand over, and which it has not answered
   * since, the last noticed first. The summaries tell of nothing else.
   *
   * @param before only those whose newest entry about the node has a lower id
   */
  List<Repair> withoutHandOverOf(String node, long before, int limit);

  /** The one campaign's, silent nodes included; empty if nothing was ever found. */
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
