/**
 * Holds the memory Redis equal to a real one: random steps, made once from a seed, run on both.
 * Begin at {@code ScriptEquivalenceIT}.
 */
@NullMarked
package io.sunchak.simulator.redis.equivalence;

import org.jspecify.annotations.NullMarked;
