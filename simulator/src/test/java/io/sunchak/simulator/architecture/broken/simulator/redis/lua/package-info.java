/** Breaks a rule. */
@NullMarked
package io.sunchak.simulator.architecture.broken.simulator.redis.lua;

import org.jspecify.annotations.NullMarked;
