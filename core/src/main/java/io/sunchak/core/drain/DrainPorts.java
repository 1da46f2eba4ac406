package io.sunchak.core.drain;

import io.sunchak.core.align.Acknowledged;
import io.sunchak.core.align.Attention;
import io.sunchak.core.ledger.CampaignLedger;
import io.sunchak.core.ledger.DrainLedger;
import io.sunchak.core.log.ReservationLog;

/**
 * What the drain works on.
 *
 * @param campaigns where heads and the list of campaigns come from
 * @param ledger where rows go
 * @param log where reservations come from
 * @param acknowledged told what the ledger has, so that this node need not remember it
 * @param attention told when Redis and ledger do not join
 */
public record DrainPorts(
    CampaignLedger campaigns,
    DrainLedger ledger,
    ReservationLog log,
    Acknowledged acknowledged,
    Attention attention) {}
