/**
 * A Redis process, the connections to it, and what can go wrong with both. Begin at {@code
 * RedisProcess}; {@code SimulatedLink} is a node's link to it.
 */
@NullMarked
package io.sunchak.simulator.network;

import org.jspecify.annotations.NullMarked;
