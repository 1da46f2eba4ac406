package io.sunchak.judge;

/**
 * That the ledger keeps a number for a user, as a coupon or as a failure.
 *
 * @param sequence as it stands there, also where it is nonsense
 */
public record Held(String user, long sequence) {}
