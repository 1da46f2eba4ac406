/** Tells people that something needs them. */
@NullMarked
package io.sunchak.alarm;

import org.jspecify.annotations.NullMarked;
