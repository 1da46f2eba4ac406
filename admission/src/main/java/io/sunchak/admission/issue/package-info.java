/**
 * The way of a request to the reserve script. Begin at {@code GroupCommitIssuer}: it has a {@code
 * Lane} for each campaign. The lane sends groups of requests to {@code reserve.lua}, which alone
 * accepts users; {@code LaneWaiters} and {@code LocalRefusals} only refuse.
 */
@NullMarked
package io.sunchak.admission.issue;

import org.jspecify.annotations.NullMarked;
