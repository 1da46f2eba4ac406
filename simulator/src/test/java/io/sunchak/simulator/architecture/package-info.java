/** The arrows of the simulator. */
@NullMarked
package io.sunchak.simulator.architecture;

import org.jspecify.annotations.NullMarked;
