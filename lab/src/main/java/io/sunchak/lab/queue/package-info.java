/** The waiting queue: accepted issues that are not in the ledger yet. */
@NullMarked
package io.sunchak.lab.queue;

import org.jspecify.annotations.NullMarked;
