/** Writes rows and campaigns: into the ledger first, then into the caches. */
@NullMarked
package io.sunchak.lab.write;

import org.jspecify.annotations.NullMarked;
