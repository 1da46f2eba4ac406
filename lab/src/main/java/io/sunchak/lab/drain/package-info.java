/** Moving what waits in the queue into the ledger, at every tick of a schedule. */
@NullMarked
package io.sunchak.lab.drain;

import org.jspecify.annotations.NullMarked;
