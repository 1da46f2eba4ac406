/** Whether the promise held, from the history, the disturbances, Redis and the ledger. */
@NullMarked
package io.sunchak.chaos.verdict;

import org.jspecify.annotations.NullMarked;
