/** {@code ./sunchak simulate}. */
@NullMarked
package io.sunchak.simulator.cli;

import org.jspecify.annotations.NullMarked;
