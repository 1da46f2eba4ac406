/**
 * Group commit: requests that gather while a call is in flight share the next one. Begin at {@code
 * GroupCommit}. Knows neither Redis nor coupons.
 */
@NullMarked
package io.sunchak.admission.commit;

import org.jspecify.annotations.NullMarked;
