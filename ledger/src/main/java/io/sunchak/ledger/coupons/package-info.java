/** Looks coupons up. */
@NullMarked
package io.sunchak.ledger.coupons;

import org.jspecify.annotations.NullMarked;
