/**
 * The drain moves reservations from the log into the ledger. Begin at {@code Drain}, which starts a
 * loop for each campaign with a backlog: {@link io.sunchak.core.loop.GuardedLoop} repeats {@code
 * DrainRounds}, which makes one {@code DrainPass} each time.
 */
@NullMarked
package io.sunchak.core.drain;

import org.jspecify.annotations.NullMarked;
