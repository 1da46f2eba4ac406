package io.sunchak.core.align;

import io.sunchak.core.ledger.AlignLedger;
import io.sunchak.core.ledger.CampaignLedger;
import io.sunchak.core.log.CampaignKeyspace;

/**
 * The two sides that must agree, and what nodes promised beside them.
 *
 * @param campaigns heads and configurations, as the ledger keeps them
 * @param ledger where what was promised is made durable
 * @param keyspace the campaign's keys in Redis
 * @param promises this node's, which the ledger may lack
 * @param peers the other nodes, which promised, too
 */
public record AlignPorts(
    CampaignLedger campaigns,
    AlignLedger ledger,
    CampaignKeyspace keyspace,
    Promises promises,
    Peers peers) {}
