/** The judge: decides from a recorded history and the ledger's rows whether the promise held. */
@NullMarked
package io.sunchak.core.judge;

import org.jspecify.annotations.NullMarked;
