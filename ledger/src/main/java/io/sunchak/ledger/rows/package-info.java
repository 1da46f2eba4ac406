/** Reservations as arrays and instants as columns: what rooms that write rows share. */
@NullMarked
package io.sunchak.ledger.rows;

import org.jspecify.annotations.NullMarked;
