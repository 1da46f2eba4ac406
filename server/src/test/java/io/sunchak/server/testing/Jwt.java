package io.sunchak.server.testing;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Tokens built by hand, so that every part of them can be wrong. */
public final class Jwt {
  public static final String HS256 = "{\"alg\":\"HS256\",\"typ\":\"JWT\"}";

  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private Jwt() {}

  /** Signed with HS256, whatever the header says. */
  public static String sign(String header, String claims, String key) {
    return sign("HmacSHA256", header, claims, key);
  }

  public static String sign(String mac, String header, String claims, String key) {
    String signed = encode(header) + "." + encode(claims);
    return signed + "." + BASE64.encodeToString(hmac(mac, signed, key));
  }

  /** Two parts and a dot, as for {@code none}. */
  public static String unsigned(String header, String claims) {
    return encode(header) + "." + encode(claims) + ".";
  }

  public static String encode(String text) {
    return BASE64.encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] hmac(String algorithm, String text, String key) {
    try {
      Mac mac = Mac.getInstance(algorithm);
      mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), algorithm));
      return mac.doFinal(text.getBytes(StandardCharsets.US_ASCII));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
