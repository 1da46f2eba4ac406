/** Archiving: a campaign that is over leaves Redis, and the ledger answers for it. */
@NullMarked
package io.sunchak.core.archive;

import org.jspecify.annotations.NullMarked;
