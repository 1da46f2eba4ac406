/**
 * A server node: the product's own objects, wired as the server wires them, on simulated engines.
 * Begin at {@code Node}.
 */
@NullMarked
package io.sunchak.simulator.node;

import org.jspecify.annotations.NullMarked;
