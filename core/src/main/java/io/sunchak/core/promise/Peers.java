package io.sunchak.core.promise;

import io.sunchak.core.CampaignId;
import java.util.Set;

/**
 * The other nodes on the same ledger. Thread-safe, blocking, each wait bounded; throws {@link
 * io.sunchak.core.ledger.LedgerException}.
 */
public interface Peers {

  /**
   * Must be called when Redis may have been replaced by another one or by an older copy, before
   * anybody is served by it. Reports the highest promises of this node and waits until every
   * running node has reported its own. Heads that are read afterwards include these reports.
   *
   * @param redis the identity of the Redis that answers now
   */
  void meet(String redis);

  /**
   * Waits until every running node has handed over its promises from before {@code epoch}.
   *
   * @return the nodes that did not in time, except those that have not reported for a while
   */
  Set<String> handOver(CampaignId campaign, long epoch);
}
