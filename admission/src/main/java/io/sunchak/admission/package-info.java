/**
 * Admission in Redis. Begin at {@code GroupCommitIssuer}: it has a {@code Lane} for each campaign,
 * which sends groups of requests to {@code reserve.lua}, the only place that says yes; {@code
 * LaneWaiters} and {@code LocalRefusals} say no before it. The {@code Redis…} classes are the
 * links, the keys as a resync writes them, the log as the drain reads it, and the check of Redis'
 * settings.
 */
@NullMarked
package io.sunchak.admission;

import org.jspecify.annotations.NullMarked;
