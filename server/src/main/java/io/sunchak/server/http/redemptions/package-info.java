/** Redeeming coupons, for a shop's order service. */
@NullMarked
package io.sunchak.server.http.redemptions;

import org.jspecify.annotations.NullMarked;
