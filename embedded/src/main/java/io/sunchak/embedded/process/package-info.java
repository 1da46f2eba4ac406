/** Starts, identifies and kills operating-system processes. */
@NullMarked
package io.sunchak.embedded.process;

import org.jspecify.annotations.NullMarked;
