package io.sunchak.core.resync;

import io.sunchak.core.ledger.CampaignLedger;
import io.sunchak.core.ledger.ResyncLedger;
import io.sunchak.core.log.CampaignKeyspace;
import io.sunchak.core.promise.Peers;
import io.sunchak.core.promise.Promises;

/**
 * The two sides that must agree, and what nodes promised beside them.
 *
 * @param campaigns heads and configurations, as the ledger keeps them
 * @param ledger where what was promised is made durable
 * @param keyspace the campaign's keys in Redis
 * @param promises this node's, which the ledger may lack
 * @param peers the other nodes, which promised, too
 */
public record ResyncPorts(
    CampaignLedger campaigns,
    ResyncLedger ledger,
    CampaignKeyspace keyspace,
    Promises promises,
    Peers peers) {}
