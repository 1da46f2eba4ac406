/** What nodes report of themselves, and what they promised and hand over to a resync. */
@NullMarked
package io.sunchak.ledger.promises;

import org.jspecify.annotations.NullMarked;
