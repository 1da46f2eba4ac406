/** Breaks the arrows of {@code drain}. */
@NullMarked
package io.sunchak.core.architecture.broken.core.drain;

import org.jspecify.annotations.NullMarked;
