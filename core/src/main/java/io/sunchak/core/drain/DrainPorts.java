package io.sunchak.core.drain;

import io.sunchak.core.align.Attention;
import io.sunchak.core.align.Promises;
import io.sunchak.core.ledger.CampaignLedger;
import io.sunchak.core.ledger.DrainLedger;
import io.sunchak.core.log.ReservationLog;

/**
 * What the drain works on.
 *
 * @param campaigns where heads and the list of campaigns come from
 * @param ledger where rows go
 * @param log where reservations come from
 * @param promises what this node must remember until the ledger has it
 * @param attention told when Redis and ledger do not join
 */
public record DrainPorts(
    CampaignLedger campaigns,
    DrainLedger ledger,
    ReservationLog log,
    Promises promises,
    Attention attention) {}
