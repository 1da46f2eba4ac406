/**
 * The log as the drain reads it, a campaign's keys as a resync writes them, and both as they are
 * looked at: the core's log ports on Redis. Begin at {@code RedisReservationLog}.
 */
@NullMarked
package io.sunchak.admission.log;

import org.jspecify.annotations.NullMarked;
