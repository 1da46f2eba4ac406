package io.sunchak.server.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.proc.JWSVerifierFactory;
import com.nimbusds.jwt.SignedJWT;
import io.sunchak.server.security.TokenResult.Accepted;
import io.sunchak.server.security.TokenResult.Later;
import io.sunchak.server.security.TokenResult.Refused;
import io.sunchak.server.security.TokenResult.Undecided;
import java.security.Key;
import java.text.ParseException;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/**
 * Accepts tokens of an identity provider, signed by one of the keys it publishes. Only asymmetric
 * algorithms: a public key must never serve as an HMAC's secret. Thread-safe; the keys are fetched
 * elsewhere, so that no thread waits for the provider. Only the token of a key that is not known
 * does, and only if nothing else is wrong with it.
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
  private static final Refused NO_TOKEN = new Refused("it is no signed token of three parts");
  private static final Refused ALGORITHM =
      new Refused("its header asks for what is not accepted: RS256 to RS512, PS256, ES256, ES384");
  private static final Refused NOT_SIGNED = new Refused("its signature does not hold");
  private static final Refused NO_KEY =
      new Refused("no key that the identity provider publishes has signed it");

  private final String issuer;
  private final String audience;
  private final KeySource keys;
  private final InstantSource clock;
  private final JWSVerifierFactory verifiers = new DefaultJWSVerifierFactory();

  /** A verifier for one provider. */
  public IssuerTokenVerifier(
      String issuer, String audience, PublishedKeys keys, InstantSource clock) {
    this(issuer, audience, (KeySource) keys, clock);
  }

  IssuerTokenVerifier(String issuer, String audience, KeySource keys, InstantSource clock) {
    this.issuer = issuer;
    this.audience = audience;
    this.keys = keys;
    this.clock = clock;
  }

  @Override
  public TokenResult verifyToken(String token) {
    SignedJWT parsed;
    try {
      parsed = SignedJWT.parse(token);
    } catch (ParseException | IllegalArgumentException malformed) {
      return NO_TOKEN;
    }
    JWSHeader header = parsed.getHeader();
    if (!ACCEPTED.contains(header.getAlgorithm()) || header.getCriticalParams() != null) {
      return ALGORITHM;
    }
    List<JWK> known = candidates(header, keys.known());
    if (known.stream().anyMatch(key -> hasSigned(key, parsed))) {
      return claims(parsed);
    }
    if (!known.isEmpty() && header.getKeyID() != null) {
      return NOT_SIGNED;
    }
    return claims(parsed) instanceof Accepted
        ? new Later(keys.newest().thenApply(newest -> result(parsed, newest)))
        : NO_KEY;
  }

  private TokenResult result(SignedJWT token, JWKSet newest) {
    if (newest.isEmpty()) {
      return new Undecided();
    }
    boolean signed =
        candidates(token.getHeader(), newest).stream().anyMatch(key -> hasSigned(key, token));
    return signed ? claims(token) : NO_KEY;
  }

  private TokenResult claims(SignedJWT token) {
    return Claims.result(token.getPayload().toBytes(), issuer, audience, clock.instant());
  }

  private static List<JWK> candidates(JWSHeader header, JWKSet among) {
    return new JWKSelector(JWKMatcher.forJWSHeader(header)).select(among);
  }

  /** A key that cannot be used for this algorithm is like one that has not signed. */
  private boolean hasSigned(JWK key, SignedJWT token) {
    try {
      return token.verify(verifier(token.getHeader(), key));
    } catch (JOSEException unusable) {
      return false;
    }
  }

  private JWSVerifier verifier(JWSHeader header, JWK key) throws JOSEException {
    Key usable =
        switch (key) {
          case RSAKey rsa -> rsa.toPublicKey();
          case ECKey ec -> ec.toPublicKey();
          default -> throw new JOSEException("a key of this type signs no token here");
        };
    return verifiers.createJWSVerifier(header, usable);
  }
}
