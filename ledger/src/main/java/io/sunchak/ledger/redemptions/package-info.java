/** Redeems, cancels and revokes coupons. */
@NullMarked
package io.sunchak.ledger.redemptions;

import org.jspecify.annotations.NullMarked;
