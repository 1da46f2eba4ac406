/**
 * The way of a request to the reserve script. Begin at {@code GroupCommitIssuer}: it has a {@code
 * Lane} for each campaign, which sends groups of requests to {@code reserve.lua}, the only place
 * that says yes; {@code LaneWaiters} and {@code LocalRefusals} say no before it.
 */
@NullMarked
package io.sunchak.admission.issue;

import org.jspecify.annotations.NullMarked;
