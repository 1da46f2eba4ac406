package io.sunchak.core;

import org.jspecify.annotations.Nullable;

/**
 * A campaign's total stock, in coupons: a number of at least 1, or unlimited ({@code total ==
 * null}). A missing number is never "unlimited" by accident: only {@link #unlimited()} makes one.
 *
 * <p>The constructor throws {@link IllegalArgumentException} if {@code total} is outside 1..{@value
 * #MAX}
 */
public record Stock(@Nullable Long total) {
  /** Far above any campaign and far below 2^53, up to which Lua's numbers are exact. */
  public static final long MAX = 1_000_000_000_000L;

  public Stock {
    if (total != null && (total < 1 || total > MAX)) {
      throw new IllegalArgumentException("total stock must be between 1 and " + MAX);
    }
  }

  public static Stock of(long total) {
    return new Stock(total);
  }

  public static Stock unlimited() {
    return new Stock(null);
  }

  public boolean isUnlimited() {
    return total == null;
  }

  /** Whether the coupon with this sequence lies within the stock. */
  public boolean covers(long sequence) {
    return total == null || sequence <= total;
  }
}
