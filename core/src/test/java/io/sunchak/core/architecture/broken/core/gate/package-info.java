/** Breaks the arrows of {@code gate}. */
@NullMarked
package io.sunchak.core.architecture.broken.core.gate;

import org.jspecify.annotations.NullMarked;
