package io.sunchak.token;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs tokens (JWT with HS256, RFC 7515 and RFC 7519; issuer and audience {@value #NAME}) for the
 * demo, the command line and tests. In production the shop's identity provider signs them.
 * Thread-safe.
 */
public final class TokenSigner {
  /** Issuer and audience of every token signed here. */
  public static final String NAME = "sunchak";

  /** RFC 7518, 3.2: a key of at least the hash's size. */
  public static final int MIN_KEY_BYTES = 32;

  /** The claim that restricts a guest of the demo to the demo's campaigns. */
  public static final String GUEST = "sunchak_guest";

  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
  private static final String HEADER = encode("{\"alg\":\"HS256\",\"typ\":\"JWT\"}");

  private final SecretKeySpec key;
  private final InstantSource clock;

  public TokenSigner(byte[] key, InstantSource clock) {
    if (key.length < MIN_KEY_BYTES) {
      throw new IllegalArgumentException("token key must be at least 32 bytes");
    }
    this.key = new SecretKeySpec(key, "HmacSHA256");
    this.clock = clock;
  }

  /**
   * Signs a token.
   *
   * @param subject a user id: printable ASCII
   * @param admin whether the {@code roles} claim holds {@code admin}
   * @param ttl from now to {@code exp}; negative for a token that has expired
   */
  public String sign(String subject, boolean admin, Duration ttl) {
    return sign(subject, admin ? List.of("admin") : List.of(), ttl);
  }

  /**
   * Signs a token.
   *
   * @param roles what the {@code roles} claim holds: printable ASCII without quotes
   */
  public String sign(String subject, List<String> roles, Duration ttl) {
    return sign(subject, roles, Map.of(), ttl);
  }

  /**
   * Signs a token with further claims.
   *
   * @param roles what the {@code roles} claim holds: printable ASCII without quotes
   * @param claims by name; one value is written as a string, several as a list
   */
  public String sign(
      String subject, List<String> roles, Map<String, List<String>> claims, Duration ttl) {
    String quoted = roles.stream().collect(Collectors.joining("\",\"", "\"", "\""));
    String more =
        claims.entrySet().stream()
            .map(claim -> "," + text(claim.getKey()) + ":" + value(claim.getValue()))
            .collect(Collectors.joining());
    return sign(subject, ",\"roles\":[" + (roles.isEmpty() ? "" : quoted) + "]" + more, ttl);
  }

  private static String value(List<String> values) {
    return values.size() == 1
        ? text(values.getFirst())
        : values.stream().map(TokenSigner::text).collect(Collectors.joining(",", "[", "]"));
  }

  /** A JSON string; all but letters and digits of ASCII is escaped. */
  private static String text(String text) {
    StringBuilder json = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean plain = c < 0x80 && Character.isLetterOrDigit(c);
      json.append(plain ? String.valueOf(c) : String.format(Locale.ROOT, "\\u%04x", (int) c));
    }
    return json.append('"').toString();
  }

  /** Signs a token for a guest of the demo, valid for its campaigns only. */
  public String signGuest(String subject, Duration ttl) {
    return sign(subject, ",\"" + GUEST + "\":true", ttl);
  }

  private String sign(String subject, String more, Duration ttl) {
    long now = clock.instant().getEpochSecond();
    String escaped = subject.replace("\\", "\\\\").replace("\"", "\\\"");
    // JSON allows ASCII digits only, and the default locale may have others.
    String claims =
        String.format(
            Locale.ROOT,
            "{\"iss\":\"%s\",\"aud\":\"%s\",\"sub\":\"%s\"%s,\"iat\":%d,\"exp\":%d}",
            NAME,
            NAME,
            escaped,
            more,
            now,
            now + ttl.toSeconds());
    String signed = HEADER + "." + encode(claims);
    return signed + "." + BASE64.encodeToString(hmac(signed));
  }

  private byte[] hmac(String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      return mac.doFinal(text.getBytes(StandardCharsets.US_ASCII));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HmacSHA256 is part of every JDK", e);
    }
  }

  private static String encode(String text) {
    return BASE64.encodeToString(text.getBytes(StandardCharsets.US_ASCII));
  }
}
