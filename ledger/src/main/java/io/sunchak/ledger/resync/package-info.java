/** A resync's lock, its transactions, and what it found. */
@NullMarked
package io.sunchak.ledger.resync;

import org.jspecify.annotations.NullMarked;
