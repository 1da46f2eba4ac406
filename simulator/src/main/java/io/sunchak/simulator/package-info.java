/**
 * The simulator: the product's own code and scripts in one process, under virtual time and seeded
 * faults. The engines below it are of memory and are held equal to the real ones by tests.
 */
@NullMarked
package io.sunchak.simulator;

import org.jspecify.annotations.NullMarked;
