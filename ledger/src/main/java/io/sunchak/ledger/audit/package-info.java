/** What operators did, and who. */
@NullMarked
package io.sunchak.ledger.audit;

import org.jspecify.annotations.NullMarked;
