/** The command {@code ./sunchak chaos}. */
@NullMarked
package io.sunchak.chaos.cli;

import org.jspecify.annotations.NullMarked;
