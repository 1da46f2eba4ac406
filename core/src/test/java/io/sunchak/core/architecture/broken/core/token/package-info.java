/** Breaks the arrows of {@code token}. */
@NullMarked
package io.sunchak.core.architecture.broken.core.token;

import org.jspecify.annotations.NullMarked;
