package io.sunchak.core;

/** Whether a campaign's coupons have codes. */
public enum Codes {
  /** A coupon is known by its campaign and user alone. */
  NONE,
  /** Each coupon's code is computed from its campaign and sequence. */
  GENERATED
}
