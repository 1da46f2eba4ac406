/** The domain's own rules. */
@NullMarked
package io.sunchak.core;

import org.jspecify.annotations.NullMarked;
