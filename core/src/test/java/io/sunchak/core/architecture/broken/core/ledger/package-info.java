/** Breaks the arrows of {@code ledger}. */
@NullMarked
package io.sunchak.core.architecture.broken.core.ledger;

import org.jspecify.annotations.NullMarked;
