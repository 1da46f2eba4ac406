/**
 * Holdings that this node has confirmed to users: kept until the ledger has them, and handed over
 * to resyncs.
 */
@NullMarked
package io.sunchak.core.promise;

import org.jspecify.annotations.NullMarked;
