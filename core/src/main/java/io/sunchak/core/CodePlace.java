package io.sunchak.core;

/**
 * The coupon that a code names.
 *
 * @param space the number that the ledger gave to the campaign's codes; -1 if the code is no code
 * @param sequence the coupon's sequence in that campaign
 */
public record CodePlace(long space, long sequence) {
  /** Spaces are below this number, and so are sequences: see {@link Stock#MAX}. */
  public static final long LIMIT = 1L << 40;

  /** What no coupon has: asking the ledger for it costs as much as asking for any other. */
  public static final CodePlace NOWHERE = new CodePlace(-1, 0);
}
