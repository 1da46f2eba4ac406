/** Agreement between Redis and the ledger, tried over in-memory engines. */
@NullMarked
package io.sunchak.core.align;

import org.jspecify.annotations.NullMarked;
