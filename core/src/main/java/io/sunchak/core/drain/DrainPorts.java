package io.sunchak.core.drain;

import io.sunchak.core.gate.CheckRequests;
import io.sunchak.core.ledger.CampaignLedger;
import io.sunchak.core.ledger.DrainLedger;
import io.sunchak.core.log.ReservationLog;
import io.sunchak.core.promise.Promises;

/**
 * What the drain works on.
 *
 * @param campaigns where heads and the list of campaigns come from
 * @param ledger where rows go
 * @param log where reservations come from
 * @param promises what this node must remember until the ledger has it
 * @param checks told when Redis and ledger do not join
 */
public record DrainPorts(
    CampaignLedger campaigns,
    DrainLedger ledger,
    ReservationLog log,
    Promises promises,
    CheckRequests checks) {}
