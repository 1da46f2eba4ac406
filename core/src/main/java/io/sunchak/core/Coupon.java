package io.sunchak.core;

import java.time.Instant;

/**
 * What one user holds: a row of the ledger.
 *
 * @param acceptedAt when the reserve script accepted it, by Redis' clock
 * @param issuedAt when the row was written, by the ledger's clock
 */
public record Coupon(
    CampaignId campaign, long sequence, String user, Instant acceptedAt, Instant issuedAt) {}
