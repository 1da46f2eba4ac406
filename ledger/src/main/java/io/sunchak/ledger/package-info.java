/** The ledger in PostgreSQL: implements the core's ledger ports in plain SQL. */
@NullMarked
package io.sunchak.ledger;

import org.jspecify.annotations.NullMarked;
