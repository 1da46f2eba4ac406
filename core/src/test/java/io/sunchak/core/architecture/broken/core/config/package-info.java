/** Breaks the arrows of {@code config}. */
@NullMarked
package io.sunchak.core.architecture.broken.core.config;

import org.jspecify.annotations.NullMarked;
