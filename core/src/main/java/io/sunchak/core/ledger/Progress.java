package io.sunchak.core.ledger;

import io.sunchak.core.Campaign;

/**
 * How far a campaign is: what is cheap to ask for of many at once.
 *
 * @param epoch rises with every resync; 0 when the campaign was never opened
 * @param rebuilding a resync began and has not finished
 * @param cursor the last sequence that was moved from the log
 */
public record Progress(Campaign campaign, long epoch, boolean rebuilding, long cursor) {}
