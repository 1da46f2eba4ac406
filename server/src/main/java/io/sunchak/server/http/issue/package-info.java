/**
 * The hot call: a user asks for a coupon. {@code IssueHandler} verifies the token and asks the
 * core's {@link io.sunchak.core.CouponIssuer}, {@code IssueAnswer} writes the answer.
 */
@NullMarked
package io.sunchak.server.http.issue;

import org.jspecify.annotations.NullMarked;
