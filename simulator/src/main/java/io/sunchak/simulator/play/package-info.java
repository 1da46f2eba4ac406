/** Runs drawn from a seed: users, faults, and the judge. Begin at {@code Plan} and {@code Run}. */
@NullMarked
package io.sunchak.simulator.play;

import org.jspecify.annotations.NullMarked;
