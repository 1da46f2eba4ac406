/** Breaks the arrows of {@code align}. */
@NullMarked
package io.sunchak.core.architecture.broken.core.align;

import org.jspecify.annotations.NullMarked;
