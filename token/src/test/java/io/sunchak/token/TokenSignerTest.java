package io.sunchak.token;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenSignerTest {
  private static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes(US_ASCII);
  private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000L, 999_999_999);

  private final TokenSigner signer = new TokenSigner(KEY, () -> NOW);

  @Test
  void a_token_names_its_algorithm_and_type() {
    assertThat(text(parts(signer.sign("u1", false, Duration.ofHours(1))).getFirst()))
        .isEqualTo("{\"alg\":\"HS256\",\"typ\":\"JWT\"}");
  }

  @Test
  void its_claims_say_who_may_do_what_until_when() {
    assertThat(claims(signer.sign("u1", false, Duration.ofHours(1))))
        .isEqualTo(
            """
            {"iss":"sunchak","aud":"sunchak","sub":"u1","roles":[],"iat":1800000000,"exp":1800003600}\
            """);
  }

  @Test
  void an_admins_roles_hold_admin() {
    assertThat(claims(signer.sign("root", true, Duration.ofHours(1))))
        .contains("\"sub\":\"root\",\"roles\":[\"admin\"],");
  }

  @Test
  void further_claims_are_strings_and_lists_with_everything_escaped() {
    Map<String, List<String>> claims = new TreeMap<>();
    claims.put("a\"b", List.of("x\\\n"));
    claims.put("tier", List.of("gold", "금"));
    assertThat(claims(signer.sign("u1", List.of(), claims, Duration.ofHours(1))))
        .contains(",\"a\\u0022b\":\"x\\u005c\\u000a\",\"tier\":[\"gold\",\"\\uae08\"],\"iat\"");
  }

  @Test
  void a_negative_ttl_makes_an_expired_token() {
    assertThat(claims(signer.sign("u1", false, Duration.ofMinutes(-1))))
        .endsWith("\"iat\":1800000000,\"exp\":1799999940}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      quoteCharacter = '`',
      value = {
        "auth0|5f7 auth0|5f7",
        "a\"b a\\\"b",
        "a\\b a\\\\b",
        "\\\" \\\\\\\"",
        "\",\"roles\":[\"admin\"],\"x\":\" \\\",\\\"roles\\\":[\\\"admin\\\"],\\\"x\\\":\\\"",
        "%s%n%d %s%n%d"
      })
  void an_awkward_subject_stays_one_json_string(String subject, String asJson) {
    assertThat(claims(signer.sign(subject, false, Duration.ZERO)))
        .contains("\"sub\":\"" + asJson + "\",\"roles\":[],");
  }

  @Test
  void the_signature_is_the_hmac_of_header_and_claims() throws GeneralSecurityException {
    List<String> parts = parts(signer.sign("u1", true, Duration.ofHours(1)));
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
    byte[] expected = mac.doFinal((parts.get(0) + "." + parts.get(1)).getBytes(US_ASCII));
    assertThat(Base64.getUrlDecoder().decode(parts.get(2))).isEqualTo(expected);
  }

  @Test
  void its_parts_are_base64url_without_padding() {
    for (int length = 1; length <= 4; length++) {
      assertThat(signer.sign("~".repeat(length), false, Duration.ZERO))
          .matches("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 31})
  void a_key_shorter_than_the_hash_is_refused(int bytes) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TokenSigner(new byte[bytes], () -> NOW));
  }

  /** JSON has ASCII digits alone, and some locales write others. */
  @ParameterizedTest
  @ValueSource(strings = {"ar-EG-u-nu-arab", "hi-IN-u-nu-deva", "fa-IR"})
  void numbers_are_json_digits_whatever_the_default_locale(String tag) {
    String expected = signer.sign("u1", false, Duration.ofHours(1));
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag(tag));
    try {
      assertThat(claims(signer.sign("u1", false, Duration.ofHours(1)))).isEqualTo(claims(expected));
    } finally {
      Locale.setDefault(before);
    }
  }

  private static String claims(String token) {
    return text(parts(token).get(1));
  }

  private static List<String> parts(String token) {
    return List.of(token.split("\\.", -1));
  }

  private static String text(String base64) {
    return new String(Base64.getUrlDecoder().decode(base64), US_ASCII);
  }
}
