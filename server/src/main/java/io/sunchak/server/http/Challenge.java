package io.sunchak.server.http;

import io.sunchak.server.security.TokenResult;

/**
 * The challenge of a 401 (RFC 6750, 3): without a reason if no token was sent, else with the
 * reason, which is also the problem's detail.
 */
public final class Challenge {
  private Challenge() {}

  public static Problem problem(TokenResult.Refused refused) {
    return Problem.of(Code.UNAUTHENTICATED, refused.why());
  }

  /** The {@code WWW-Authenticate} header for this problem. */
  public static String header(Problem unauthenticated) {
    String why = unauthenticated.detail();
    return why == null
        ? "Bearer"
        : "Bearer error=\"invalid_token\", error_description=\"" + why + '"';
  }
}
