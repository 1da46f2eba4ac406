package io.sunchak.server.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.sunchak.core.UserId;
import io.sunchak.core.token.TokenSigner;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Verifies tokens: JWT signed with HS256 by the configured key, issuer and audience {@code
 * sunchak}, an expiry, a subject that can be a user id. Nothing else is accepted, {@code none}
 * least of all. Thread-safe.
 */
public final class TokenVerifier {
  private static final Duration LEEWAY = Duration.ofSeconds(30);
  private static final int MAX_LENGTH = 4_096;
  private static final String SCHEME = "Bearer ";

  private final MACVerifier mac;
  private final InstantSource clock;

  public TokenVerifier(byte[] key, InstantSource clock) {
    try {
      this.mac = new MACVerifier(key);
    } catch (JOSEException e) {
      throw new IllegalArgumentException("sunchak.token.secret: " + e.getMessage(), e);
    }
    this.clock = clock;
  }

  /**
   * Whom an {@code Authorization} header names; empty when it is missing or its token is not
   * accepted.
   */
  public Optional<Caller> verify(@Nullable String authorization) {
    if (authorization == null
        || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
        || authorization.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    try {
      SignedJWT token = SignedJWT.parse(authorization.substring(SCHEME.length()));
      boolean signed =
          token.getHeader().getAlgorithm().equals(JWSAlgorithm.HS256) && token.verify(mac);
      return signed ? caller(token.getJWTClaimsSet()) : Optional.empty();
    } catch (ParseException | JOSEException | RuntimeException refused) {
      return Optional.empty();
    }
  }

  private Optional<Caller> caller(JWTClaimsSet claims) throws ParseException {
    String subject = claims.getSubject();
    if (!TokenSigner.NAME.equals(claims.getIssuer())
        || !claims.getAudience().contains(TokenSigner.NAME)
        || !isCurrent(claims)
        || subject == null
        || !UserId.isValid(subject)) {
      return Optional.empty();
    }
    List<String> roles = claims.getStringListClaim("roles");
    return Optional.of(new Caller(new UserId(subject), roles != null && roles.contains("admin")));
  }

  private boolean isCurrent(JWTClaimsSet claims) {
    Instant now = clock.instant();
    Date until = claims.getExpirationTime();
    Date from = claims.getNotBeforeTime();
    return until != null
        && now.minus(LEEWAY).isBefore(until.toInstant())
        && (from == null || !now.plus(LEEWAY).isBefore(from.toInstant()));
  }
}
