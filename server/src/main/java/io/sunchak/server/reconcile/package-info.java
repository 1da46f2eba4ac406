/**
 * Comparisons of Redis and the ledger: on demand ({@code Reconciler}) and in the background ({@code
 * Consistency}).
 */
@NullMarked
package io.sunchak.server.reconcile;

import org.jspecify.annotations.NullMarked;
