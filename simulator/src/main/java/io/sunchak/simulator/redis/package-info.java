/**
 * A Redis of memory that runs the product's own scripts: one thread, no clock of its own, the same
 * steps for the same calls. Begin at {@code MemoryRedis}. Knows nothing of Sunchak.
 */
@NullMarked
package io.sunchak.simulator.redis;

import org.jspecify.annotations.NullMarked;
