/**
 * The judge: whether I1 to I7 held, from what clients saw and what the ledger holds. Knows no
 * module.
 */
@NullMarked
package io.sunchak.judge;

import org.jspecify.annotations.NullMarked;
