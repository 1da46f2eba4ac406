/** Breaks a rule. */
@NullMarked
package io.sunchak.simulator.architecture.broken.simulator.redis;

import org.jspecify.annotations.NullMarked;
