package io.sunchak.server.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.proc.JWSVerifierFactory;
import com.nimbusds.jwt.SignedJWT;
import java.security.Key;
import java.text.ParseException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Accepts tokens of an identity provider, signed by one of the keys it publishes. Only asymmetric
 * algorithms: a public key must never serve as an HMAC's secret. Thread-safe; the keys are fetched
 * elsewhere, so that no request waits for the provider.
 */
public final class IssuerTokenVerifier implements TokenVerifier {
  private static final Set<JWSAlgorithm> ACCEPTED =
      Set.of(
          JWSAlgorithm.RS256,
          JWSAlgorithm.RS384,
          JWSAlgorithm.RS512,
          JWSAlgorithm.PS256,
          JWSAlgorithm.ES256,
          JWSAlgorithm.ES384);

  private final String issuer;
  private final String audience;
  private final Supplier<JWKSet> keys;
  private final InstantSource clock;
  private final JWSVerifierFactory verifiers = new DefaultJWSVerifierFactory();

  /**
   * A verifier for one provider.
   *
   * @param keys what the provider publishes now; must not block
   */
  public IssuerTokenVerifier(
      String issuer, String audience, Supplier<JWKSet> keys, InstantSource clock) {
    this.issuer = issuer;
    this.audience = audience;
    this.keys = keys;
    this.clock = clock;
  }

  @Override
  public Optional<Caller> verifyToken(String token) {
    try {
      SignedJWT parsed = SignedJWT.parse(token);
      return isSigned(parsed)
          ? Claims.read(parsed.getPayload().toBytes())
              .flatMap(claims -> claims.caller(issuer, audience, clock.instant()))
          : Optional.empty();
    } catch (ParseException | JOSEException | IllegalArgumentException refused) {
      return Optional.empty();
    }
  }

  private boolean isSigned(SignedJWT token) throws JOSEException {
    JWSHeader header = token.getHeader();
    if (!ACCEPTED.contains(header.getAlgorithm()) || header.getCriticalParams() != null) {
      return false;
    }
    for (JWK key : new JWKSelector(JWKMatcher.forJWSHeader(header)).select(keys.get())) {
      if (token.verify(verifier(header, key))) {
        return true;
      }
    }
    return false;
  }

  private JWSVerifier verifier(JWSHeader header, JWK key) throws JOSEException {
    Key usable =
        switch (key) {
          case com.nimbusds.jose.jwk.RSAKey rsa -> rsa.toPublicKey();
          case com.nimbusds.jose.jwk.ECKey ec -> ec.toPublicKey();
          default -> throw new JOSEException("a key of this type signs no token here");
        };
    return verifiers.createJWSVerifier(header, usable);
  }
}
