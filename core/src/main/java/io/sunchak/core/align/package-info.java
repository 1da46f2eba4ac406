/** Agreement between Redis and the ledger: who may serve, and how it is repaired. */
@NullMarked
package io.sunchak.core.align;

import org.jspecify.annotations.NullMarked;
