package io.sunchak.core.gate;

import io.sunchak.core.CampaignId;
import io.sunchak.core.Holding;
import org.jspecify.annotations.Nullable;

/**
 * Under what a node may reserve for a campaign.
 *
 * @param epoch the ledger's, read after the connection stood
 * @param version the config version that Redis is known to hold at least
 * @param witness the highest promise that the ledger knows of; a node that knows a higher promise
 *     of the same epoch keeps its own
 */
public record Lease(
    CampaignId campaign, String ledgerId, long epoch, long version, @Nullable Holding witness) {}
