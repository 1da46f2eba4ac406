/**
 * What this node has told users, kept until the ledger has it, and handed over to whoever resyncs.
 */
@NullMarked
package io.sunchak.core.promise;

import org.jspecify.annotations.NullMarked;
