/**
 * The connections to PostgreSQL: address, login, pool, and what an error means. Begin at {@code
 * LedgerDatabase}, of which every other room asks for statements and transactions.
 */
@NullMarked
package io.sunchak.ledger.connection;

import org.jspecify.annotations.NullMarked;
