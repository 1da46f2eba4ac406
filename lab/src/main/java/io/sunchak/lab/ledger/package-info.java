/** The lab's own ledger. It has no stock guard, or an oversell could not be seen. */
@NullMarked
package io.sunchak.lab.ledger;

import org.jspecify.annotations.NullMarked;
