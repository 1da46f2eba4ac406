/** The ledger in PostgreSQL: what the ports of the core ask for, in plain SQL. */
@NullMarked
package io.sunchak.ledger;

import org.jspecify.annotations.NullMarked;
