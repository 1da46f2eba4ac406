/** Breaks the arrows of {@code log}. */
@NullMarked
package io.sunchak.core.architecture.broken.core.log;

import org.jspecify.annotations.NullMarked;
