/**
 * Holdings that this node has confirmed to users: kept until the ledger has them, and handed over
 * to resyncs. Begin at {@code PromiseBook}, which holds them in memory; {@code Promises} compares
 * it with the ledger, {@code PromiseLoops} runs {@code Presence} and {@code PromiseWatch}, and
 * {@code Peers} waits for the other nodes.
 */
@NullMarked
package io.sunchak.core.promise;

import org.jspecify.annotations.NullMarked;
