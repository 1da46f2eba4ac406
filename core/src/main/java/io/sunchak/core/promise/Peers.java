package io.sunchak.core.promise;

import io.sunchak.core.CampaignId;
import java.util.Set;

/**
 * The other nodes on the same ledger. Thread-safe, blocking, each wait bounded; throws {@link
 * io.sunchak.core.ledger.LedgerException}.
 */
public interface Peers {

  /**
   * To be called when Redis may be another one than before, or an older copy, and before anybody is
   * served by it: tells the others what this node knows was given, and waits until each living one
   * has told the same of itself. Heads that are read afterwards know all of it.
   *
   * @param redis which Redis answers now
   */
  void meet(String redis);

  /**
   * Waits until every living node has handed over what it promised before {@code epoch}.
   *
   * @return the nodes that did not in time, but for those that have been gone for a while
   */
  Set<String> handOver(CampaignId campaign, long epoch);
}
