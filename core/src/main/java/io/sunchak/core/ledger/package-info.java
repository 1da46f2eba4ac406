/** The ports to the ledger, the durable record: campaigns, cursor, coupons, failures. */
@NullMarked
package io.sunchak.core.ledger;

import org.jspecify.annotations.NullMarked;
