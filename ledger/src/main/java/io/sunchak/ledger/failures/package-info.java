/** Reservations that were refused: listed, replayed, discarded. */
@NullMarked
package io.sunchak.ledger.failures;

import org.jspecify.annotations.NullMarked;
