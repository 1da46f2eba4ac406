/** The tables: their migrations (in {@code db/migration}) and the rights that the server needs. */
@NullMarked
package io.sunchak.ledger.schema;

import org.jspecify.annotations.NullMarked;
