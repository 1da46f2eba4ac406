/**
 * Virtual time: events in one order, and threads of which one at a time runs. Begin at {@code
 * Scheduler}.
 */
@NullMarked
package io.sunchak.simulator.time;

import org.jspecify.annotations.NullMarked;
