/** Loops that outlive what goes wrong in them. */
@NullMarked
package io.sunchak.core.loop;

import org.jspecify.annotations.NullMarked;
