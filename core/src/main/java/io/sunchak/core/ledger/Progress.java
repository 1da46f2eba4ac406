package io.sunchak.core.ledger;

import io.sunchak.core.Campaign;

/**
 * A campaign's progress in the ledger, cheap to read for many campaigns at once.
 *
 * @param epoch rises with every resync; 0 if the campaign was never opened
 * @param rebuilding whether a resync has begun and not finished
 * @param cursor the last sequence that was moved from the log
 */
public record Progress(Campaign campaign, long epoch, boolean rebuilding, long cursor) {}
