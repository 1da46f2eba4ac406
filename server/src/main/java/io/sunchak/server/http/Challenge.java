package io.sunchak.server.http;

import io.sunchak.server.security.TokenResult;

/**
 * How a 401 asks for a token (RFC 6750, 3): bare where none was sent, and with the reason, which is
 * the problem's detail too, where one was refused.
 */
public final class Challenge {
  private Challenge() {}

  public static Problem problem(TokenResult.Refused refused) {
    return Problem.of(Code.UNAUTHENTICATED, refused.why());
  }

  /** The {@code WWW-Authenticate} header of such a problem. */
  public static String header(Problem unauthenticated) {
    String why = unauthenticated.detail();
    return why == null
        ? "Bearer"
        : "Bearer error=\"invalid_token\", error_description=\"" + why + '"';
  }
}
