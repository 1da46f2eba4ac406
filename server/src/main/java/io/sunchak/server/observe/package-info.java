/**
 * What this node reports about itself: metrics, health, log lines, and the observation that {@code
 * monitor} makes each tick.
 */
@NullMarked
package io.sunchak.server.observe;

import org.jspecify.annotations.NullMarked;
