/** Telling a person that something needs them. */
@NullMarked
package io.sunchak.core.alarm;

import org.jspecify.annotations.NullMarked;
