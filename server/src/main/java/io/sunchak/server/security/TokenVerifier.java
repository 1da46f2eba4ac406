package io.sunchak.server.security;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides whom a request's token names. Thread-safe; never blocks. */
@FunctionalInterface
public interface TokenVerifier {
  /** Longer ones are refused unread. */
  int MAX_LENGTH = 4_096;

  /** Whom a token names, in the compact form of RFC 7519; empty when it is not accepted. */
  Optional<Caller> verifyToken(String token);

  /** Whom an {@code Authorization} header names; empty without an accepted bearer token. */
  default Optional<Caller> verify(@Nullable String authorization) {
    String scheme = "Bearer ";
    if (authorization == null
        || authorization.length() > MAX_LENGTH
        || !authorization.regionMatches(true, 0, scheme, 0, scheme.length())) {
      return Optional.empty();
    }
    return verifyToken(authorization.substring(scheme.length()));
  }
}
