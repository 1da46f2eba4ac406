/** Breaks the arrows of {@code promise}. */
@NullMarked
package io.sunchak.core.architecture.broken.core.promise;

import org.jspecify.annotations.NullMarked;
