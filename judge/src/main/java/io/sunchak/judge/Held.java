package io.sunchak.judge;

/**
 * A coupon or failure in the ledger: a user and the user's sequence.
 *
 * @param sequence as stored, even if it is invalid
 */
public record Held(String user, long sequence) {}
