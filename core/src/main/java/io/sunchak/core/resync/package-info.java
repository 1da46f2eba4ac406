/**
 * Rebuilds a campaign in Redis from the ledger, after taking into the ledger what only Redis or a
 * node has.
 */
@NullMarked
package io.sunchak.core.resync;

import org.jspecify.annotations.NullMarked;
