/** Breaks the arrows of {@code resync}. */
@NullMarked
package io.sunchak.core.architecture.broken.core.resync;

import org.jspecify.annotations.NullMarked;
