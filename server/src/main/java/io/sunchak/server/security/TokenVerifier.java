package io.sunchak.server.security;

import io.sunchak.server.security.TokenResult.Refused;
import java.util.List;

/** Decides whom a request's token names. Thread-safe; never blocks. */
@FunctionalInterface
public interface TokenVerifier {
  /** Longer ones are refused unread: as long as a request's whole head may be. */
  int MAX_LENGTH = 16 * 1024;

  /** What a token in the compact form of RFC 7519 comes to. */
  TokenResult verifyToken(String token);

  /**
   * What a request's {@code Authorization} headers come to. Of two nobody knows which one a proxy
   * before this server looked at, so there may be only one.
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
