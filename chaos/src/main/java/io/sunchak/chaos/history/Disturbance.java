package io.sunchak.chaos.history;

import io.sunchak.chaos.schedule.Strike;

/**
 * A strike as it happened.
 *
 * @param from {@link System#nanoTime}
 * @param to when what was struck was let come back
 * @param hit whether it went as it should; else something of it may have happened all the same
 */
public record Disturbance(Strike strike, long from, long to, boolean hit) {}
