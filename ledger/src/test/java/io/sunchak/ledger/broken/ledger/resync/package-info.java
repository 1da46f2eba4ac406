/** Breaks the rules of rooms, to show that they bite. */
@NullMarked
package io.sunchak.ledger.broken.ledger.resync;

import org.jspecify.annotations.NullMarked;
