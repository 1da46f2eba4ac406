package io.sunchak.server.security;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.util.Base64URL;
import io.sunchak.server.security.TokenResult.Refused;
import io.sunchak.token.TokenSigner;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.text.ParseException;
import java.time.InstantSource;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Accepts tokens signed with HS256 by the configured key, issuer and audience {@code sunchak}.
 * Nothing else is accepted, {@code none} least of all. Thread-safe.
 *
 * <p>Every issue is verified, also in the rush, so verification is short: first the signature over
 * the received bytes, which a token that comes again has proved before; a header is parsed only
 * once, because all tokens of a signer have the same one.
 */
public final class SecretTokenVerifier implements TokenVerifier {
  private static final String ALGORITHM = "HmacSHA256";
  private static final Refused NO_TOKEN = new Refused("it is no signed token of three parts");
  private static final Refused NOT_SIGNED =
      new Refused("its signature is not HS256 with the secret of this server");

  private final SecretKeySpec key;
  private final InstantSource clock;
  private final ThreadLocal<Mac> mac = ThreadLocal.withInitial(this::newMac);
  private final VerifiedTokens verified = new VerifiedTokens();
  private volatile String acceptedHeader = "";

  /**
   * A verifier for tokens of {@link TokenSigner} and of other signers with the same key.
   *
   * @throws IllegalArgumentException if the key is shorter than the hash (RFC 7518, 3.2)
   */
  public SecretTokenVerifier(byte[] key, InstantSource clock) {
    if (key.length < TokenSigner.MIN_KEY_BYTES) {
      throw new IllegalArgumentException(
          "sunchak.token.secret must be at least %d bytes".formatted(TokenSigner.MIN_KEY_BYTES));
    }
    this.key = new SecretKeySpec(key, ALGORITHM);
    this.clock = clock;
  }

  @Override
  public TokenResult verifyToken(String token) {
    Claims known = verified.find(token, key);
    return known == null ? bySignature(token) : judged(known);
  }

  private TokenResult bySignature(String token) {
    int payload = token.indexOf('.') + 1;
    int signature = token.indexOf('.', payload) + 1;
    if (payload < 2 || signature == 0 || token.indexOf('.', signature) >= 0) {
      return NO_TOKEN;
    }
    try {
      if (!isSigned(token, signature) || !isAccepted(token.substring(0, payload - 1))) {
        return NOT_SIGNED;
      }
      Claims claims = ClaimsReader.read(decoded(token.substring(payload, signature - 1)));
      if (claims == null) {
        return Claims.NONE;
      }
      verified.keep(token, key, claims);
      return judged(claims);
    } catch (IllegalArgumentException notBase64) {
      return NO_TOKEN;
    }
  }

  private TokenResult judged(Claims claims) {
    return claims.result(TokenSigner.NAME, TokenSigner.NAME, clock.instant());
  }

  private boolean isSigned(String token, int signature) {
    byte[] signed = token.substring(0, signature - 1).getBytes(StandardCharsets.UTF_8);
    return MessageDigest.isEqual(mac.get().doFinal(signed), decoded(token.substring(signature)));
  }

  /** HS256 and no header that must be understood (RFC 7515, 4.1.11). */
  private boolean isAccepted(String header) {
    if (header.equals(acceptedHeader)) {
      return true;
    }
    try {
      JWSHeader parsed = JWSHeader.parse(new Base64URL(header));
      boolean plain = parsed.getCriticalParams() == null && parsed.isBase64URLEncodePayload();
      if (!parsed.getAlgorithm().equals(JWSAlgorithm.HS256) || !plain) {
        return false;
      }
      acceptedHeader = header;
      return true;
    } catch (ParseException malformed) {
      return false;
    }
  }

  private static byte[] decoded(String part) {
    return Base64.getUrlDecoder().decode(part);
  }

  private Mac newMac() {
    try {
      Mac made = Mac.getInstance(ALGORITHM);
      made.init(key);
      return made;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HmacSHA256 is part of every JDK", e);
    }
  }
}
