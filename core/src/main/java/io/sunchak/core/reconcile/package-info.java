/** Reconciliation: compares Redis and the ledger, holder by holder. Never writes. */
@NullMarked
package io.sunchak.core.reconcile;

import org.jspecify.annotations.NullMarked;
