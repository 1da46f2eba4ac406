/**
 * Resync: takes into the ledger what only Redis or a node has, then rebuilds the campaign in Redis
 * from the ledger.
 */
@NullMarked
package io.sunchak.core.resync;

import org.jspecify.annotations.NullMarked;
