package io.sunchak.core;

import java.util.concurrent.CompletionStage;

/**
 * Decides, once and for all, whether a user gets one of a campaign's remaining coupons.
 *
 * <p>Thread-safe. Atomic per campaign: requests are decided one after the other, in the order in
 * which they arrive. The stage completes with a value within the issuer's own time-out, also when
 * Redis cannot be reached; it completes exceptionally only because of a defect.
 */
public interface CouponIssuer {
  CompletionStage<IssueOutcome> issue(IssueRequest request);
}
