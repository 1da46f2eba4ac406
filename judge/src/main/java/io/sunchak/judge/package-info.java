/**
 * The judge: decides from the clients' histories and the ledger's rows whether the invariants I1 to
 * I7 held. Depends on no other module.
 */
@NullMarked
package io.sunchak.judge;

import org.jspecify.annotations.NullMarked;
