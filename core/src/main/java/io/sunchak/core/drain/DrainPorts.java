package io.sunchak.core.drain;

import io.sunchak.core.gate.CheckRequests;
import io.sunchak.core.ledger.CampaignLedger;
import io.sunchak.core.ledger.DrainLedger;
import io.sunchak.core.log.ReservationLog;
import io.sunchak.core.promise.Promises;

/**
 * The ports that the drain uses.
 *
 * @param campaigns source of heads and of the list of campaigns
 * @param ledger where rows are written
 * @param log where reservations are read
 * @param promises this node's promises, kept until the ledger has them
 * @param checks receives the campaigns in which the log does not continue the ledger
 */
public record DrainPorts(
    CampaignLedger campaigns,
    DrainLedger ledger,
    ReservationLog log,
    Promises promises,
    CheckRequests checks) {}
