package io.sunchak.core.resync;

import io.sunchak.core.ledger.CampaignLedger;
import io.sunchak.core.ledger.ResyncLedger;
import io.sunchak.core.log.CampaignKeyspace;
import io.sunchak.core.promise.Peers;
import io.sunchak.core.promise.Promises;

/**
 * The ports that a resync uses.
 *
 * @param campaigns heads and configurations in the ledger
 * @param ledger where promises are stored
 * @param keyspace the campaign's keys in Redis
 * @param promises this node's promises, which the ledger may lack
 * @param peers the other nodes, which have promises too
 */
public record ResyncPorts(
    CampaignLedger campaigns,
    ResyncLedger ledger,
    CampaignKeyspace keyspace,
    Promises promises,
    Peers peers) {}
