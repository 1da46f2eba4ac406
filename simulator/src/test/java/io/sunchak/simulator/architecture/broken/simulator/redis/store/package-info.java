/** Breaks a rule. */
@NullMarked
package io.sunchak.simulator.architecture.broken.simulator.redis.store;

import org.jspecify.annotations.NullMarked;
