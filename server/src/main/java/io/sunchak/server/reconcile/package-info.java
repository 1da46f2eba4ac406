/** Comparisons of Redis and the ledger, on demand and by themselves. */
@NullMarked
package io.sunchak.server.reconcile;

import org.jspecify.annotations.NullMarked;
