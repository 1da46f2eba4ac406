/** Campaign facts: a local cache, before Redis, before the ledger. */
@NullMarked
package io.sunchak.lab.cache;

import org.jspecify.annotations.NullMarked;
