/** Signed tokens for trying out, from the data directory's own key. */
@NullMarked
package io.sunchak.core.token;

import org.jspecify.annotations.NullMarked;
