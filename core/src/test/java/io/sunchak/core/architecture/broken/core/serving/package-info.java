/** Breaks the arrows of {@code serving}. */
@NullMarked
package io.sunchak.core.architecture.broken.core.serving;

import org.jspecify.annotations.NullMarked;
