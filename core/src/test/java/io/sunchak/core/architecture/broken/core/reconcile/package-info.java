/** Breaks the arrows of {@code reconcile}. */
@NullMarked
package io.sunchak.core.architecture.broken.core.reconcile;

import org.jspecify.annotations.NullMarked;
