/**
 * The drain moves reservations from the log into the ledger. Begin at {@code Drain}, which starts a
 * loop ({@code RunUntilShutdown}) for each campaign with a backlog; {@code DrainPass} is one round.
 */
@NullMarked
package io.sunchak.core.drain;

import org.jspecify.annotations.NullMarked;
