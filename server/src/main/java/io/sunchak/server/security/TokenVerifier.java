package io.sunchak.server.security;

import io.sunchak.server.security.TokenResult.Refused;
import java.util.List;

/** Verifies a request's token. Thread-safe; never blocks. */
@FunctionalInterface
public interface TokenVerifier {
  /** The longest token that is verified, which is the limit of a request's whole head. */
  int MAX_LENGTH = 16 * 1024;

  /** Verifies a token in the compact form of RFC 7519. */
  TokenResult verifyToken(String token);

  /**
   * Verifies a request's {@code Authorization} header. Two are refused, because a proxy in front of
   * this server may have used the other one.
   */
  default TokenResult verify(List<String> authorization) {
    String scheme = "Bearer ";
    if (authorization.size() > 1) {
      return new Refused("there is more than one Authorization header");
    }
    if (authorization.isEmpty()
        || !authorization.getFirst().regionMatches(true, 0, scheme, 0, scheme.length())) {
      return new Refused(null);
    }
    String token = authorization.getFirst().substring(scheme.length()).strip();
    return token.length() > MAX_LENGTH
        ? new Refused("the token is longer than 16 KB")
        : verifyToken(token);
  }
}
