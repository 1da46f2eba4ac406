/** Breaks the arrows of {@code judge}. */
@NullMarked
package io.sunchak.core.architecture.broken.core.judge;

import org.jspecify.annotations.NullMarked;
