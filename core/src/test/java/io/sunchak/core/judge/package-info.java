/** The judge, tried with histories in which one promise is broken. */
@NullMarked
package io.sunchak.core.judge;

import org.jspecify.annotations.NullMarked;
