package io.sunchak.core.align;

import io.sunchak.core.ledger.AlignLedger;
import io.sunchak.core.ledger.CampaignLedger;
import io.sunchak.core.log.CampaignKeyspace;

/**
 * The two sides that must agree, and what this node itself promised.
 *
 * @param campaigns heads and configurations, as the ledger keeps them
 * @param ledger where what was promised is made durable
 * @param keyspace the campaign's keys in Redis
 * @param acknowledged this node's promises that the ledger may lack
 */
public record AlignPorts(
    CampaignLedger campaigns,
    AlignLedger ledger,
    CampaignKeyspace keyspace,
    Acknowledged acknowledged) {}
