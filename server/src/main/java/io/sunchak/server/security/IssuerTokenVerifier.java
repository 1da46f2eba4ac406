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
import org.jspecify.annotations.Nullable;

/**
 * Accepts tokens of an identity provider that are signed by one of its published keys. Only
 * asymmetric algorithms are accepted, so that a public key can never be used as an HMAC secret.
 * Thread-safe. The keys are fetched on another thread; only a token with an unknown key waits for a
 * fetch, and only if everything else about it is valid.
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
      new Refused(
          "its algorithm or header is not accepted; accepted are RS256 to RS512, PS256, ES256,"
              + " ES384");
  private static final Refused NOT_SIGNED = new Refused("its signature is not valid");
  private static final Refused NO_KEY =
      new Refused("no key that the identity provider publishes has signed it");

  private final String issuer;
  private final String audience;
  private final KeySource keys;
  private final InstantSource clock;
  private final VerifiedTokens verified = new VerifiedTokens();
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
    JWKSet published = keys.known();
    Claims known = verified.find(token, published);
    return known == null ? bySignature(token, published) : judged(known);
  }

  private TokenResult bySignature(String token, JWKSet published) {
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
    List<JWK> candidates = candidates(header, published);
    if (candidates.stream().anyMatch(key -> hasSigned(key, parsed))) {
      return signed(token, parsed, published);
    }
    if (!candidates.isEmpty() && header.getKeyID() != null) {
      return NOT_SIGNED;
    }
    Claims claims = claims(parsed);
    return claims != null && judged(claims) instanceof Accepted
        ? new Later(keys.newest().thenApply(newest -> result(token, parsed, newest)))
        : NO_KEY;
  }

  private TokenResult result(String token, SignedJWT parsed, JWKSet newest) {
    if (newest.isEmpty()) {
      return new Undecided();
    }
    boolean signed =
        candidates(parsed.getHeader(), newest).stream().anyMatch(key -> hasSigned(key, parsed));
    return signed ? signed(token, parsed, newest) : NO_KEY;
  }

  private TokenResult signed(String token, SignedJWT parsed, JWKSet by) {
    Claims claims = claims(parsed);
    if (claims == null) {
      return Claims.NONE;
    }
    verified.keep(token, by, claims);
    return judged(claims);
  }

  private static @Nullable Claims claims(SignedJWT token) {
    return ClaimsReader.read(token.getPayload().toBytes());
  }

  private TokenResult judged(Claims claims) {
    return claims.result(issuer, audience, clock.instant());
  }

  private static List<JWK> candidates(JWSHeader header, JWKSet among) {
    return new JWKSelector(JWKMatcher.forJWSHeader(header)).select(among);
  }

  /** A key that cannot be used for this algorithm counts as one that does not match. */
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
          default -> throw new JOSEException("keys of this type are not supported");
        };
    return verifiers.createJWSVerifier(header, usable);
  }
}
