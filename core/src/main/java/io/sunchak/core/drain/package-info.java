/** Moving reservations from the log into the ledger. */
@NullMarked
package io.sunchak.core.drain;

import org.jspecify.annotations.NullMarked;
