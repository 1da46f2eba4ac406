/** Writes what the drain moves out of the log. */
@NullMarked
package io.sunchak.ledger.drain;

import org.jspecify.annotations.NullMarked;
