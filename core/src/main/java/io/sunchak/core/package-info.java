/** x. */
@NullMarked
package io.sunchak.core;

import org.jspecify.annotations.NullMarked;
