/**
 * The command {@code ./sunchak chaos}: faults in seeded schedules on real processes, each cycle
 * judged.
 */
@NullMarked
package io.sunchak.chaos;

import org.jspecify.annotations.NullMarked;
