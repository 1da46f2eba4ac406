/** Tokens for trying out. */
@NullMarked
package io.sunchak.core.token;

import org.jspecify.annotations.NullMarked;
