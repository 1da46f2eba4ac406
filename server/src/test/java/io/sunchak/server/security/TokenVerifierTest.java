package io.sunchak.server.security;

import static io.sunchak.server.testing.Jwt.HS256;
import static org.assertj.core.api.Assertions.assertThat;

import io.sunchak.core.UserId;
import io.sunchak.server.testing.Jwt;
import io.sunchak.token.TokenSigner;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each refused token differs from an accepted one in one thing. */
class TokenVerifierTest {
  private static final String KEY = "0123456789abcdef0123456789abcdef";
  private static final Instant NOW = Instant.parse("2026-12-24T03:00:00Z");
  private static final long SECOND = NOW.getEpochSecond();

  private Instant now = NOW;
  private final TokenVerifier verifier =
      new SecretTokenVerifier(KEY.getBytes(StandardCharsets.UTF_8), () -> now);

  @Test
  void the_token_that_the_others_differ_from_is_accepted() {
    assertThat(caller("Bearer " + signed(claims()))).contains(new Caller(new UserId("u1")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"forms", "structures", "algorithms", "signatures", "claimsThatDoNotHold"})
  void is_refused(Bad one) {
    assertThat(caller("Bearer " + signed(claims()))).isPresent();
    assertThat(caller(one.authorization())).isEmpty();
    assertThat(caller(one.authorization())).as("once more").isEmpty();
  }

  @Test
  void a_token_that_comes_again_is_accepted_until_it_expires() {
    String token = "Bearer " + signed(claims());
    assertThat(caller(token)).isEqualTo(caller(token)).isPresent();
    now = NOW.plus(Duration.ofDays(1));
    assertThat(caller(token)).isEmpty();
  }

  record Bad(String what, String authorization) {
    static Bad token(String what, String token) {
      return new Bad(what, "Bearer " + token);
    }

    static Bad claims(String what, String claims) {
      return token(what, signed(claims));
    }

    @Override
    public String toString() {
      return what;
    }
  }

  private Optional<Caller> caller(String... authorization) {
    return verifier.verify(List.of(authorization)) instanceof TokenResult.Accepted(Caller caller)
        ? Optional.of(new Caller(caller.user(), caller.roles().toArray(Role[]::new)))
        : Optional.empty();
  }

  @Test
  void no_header_is_refused() {
    assertThat(caller()).isEmpty();
  }

  static Stream<Bad> forms() {
    String good = signed(claims());
    return Stream.of(
        new Bad("an empty header", ""),
        new Bad("the scheme alone", "Bearer"),
        new Bad("the scheme and a space", "Bearer "),
        new Bad("a token without scheme", good),
        new Bad("another scheme", "Basic " + good),
        new Bad("a scheme that begins alike", "Bearerx " + good),
        new Bad("two tokens", "Bearer " + good + " " + good),
        new Bad("two tokens, a comma between", "Bearer " + good + "," + good),
        new Bad(
            "too long a token",
            "Bearer " + signed(with("\"x\":\"" + "x".repeat(TokenVerifier.MAX_LENGTH) + "\""))));
  }

  static Stream<Bad> structures() {
    String[] part = signed(claims()).split("\\.", -1);
    return Stream.of(
        Bad.token("one part", part[0]),
        Bad.token("two parts", part[0] + "." + part[1]),
        Bad.token("four parts", part[0] + "." + part[1] + "." + part[2] + "." + part[2]),
        Bad.token("five parts, as if encrypted", part[0] + "." + part[1] + ".a.b." + part[2]),
        Bad.token("dots alone", ".."),
        Bad.token("no header", "." + part[1] + "." + part[2]),
        Bad.token("no claims", part[0] + ".." + part[2]),
        Bad.token("no signature", part[0] + "." + part[1] + "."),
        Bad.token("a header that is no JSON", Jwt.sign("HS256", claims(), KEY)),
        Bad.token("a header that is an array", Jwt.sign("[" + HS256 + "]", claims(), KEY)),
        Bad.token("claims that are no JSON", Jwt.sign(HS256, "sub=u1", KEY)),
        Bad.token("claims that are an array", Jwt.sign(HS256, "[" + claims() + "]", KEY)),
        Bad.token("claims with something behind", Jwt.sign(HS256, claims() + "{}", KEY)));
  }

  static Stream<Bad> algorithms() {
    String good = signed(claims());
    String signature = good.substring(good.lastIndexOf('.') + 1);
    return Stream.of(
        Bad.token("none", Jwt.unsigned("{\"alg\":\"none\"}", claims())),
        Bad.token("None", Jwt.unsigned("{\"alg\":\"None\"}", claims())),
        Bad.token("NONE", Jwt.unsigned("{\"alg\":\"NONE\"}", claims())),
        Bad.token("none, signed", Jwt.sign("{\"alg\":\"none\"}", claims(), KEY)),
        Bad.token(
            "none, another's signature", Jwt.unsigned("{\"alg\":\"none\"}", claims()) + signature),
        Bad.token("no algorithm", Jwt.sign("{\"typ\":\"JWT\"}", claims(), KEY)),
        Bad.token("null", Jwt.sign("{\"alg\":null}", claims(), KEY)),
        Bad.token("a number", Jwt.sign("{\"alg\":256}", claims(), KEY)),
        Bad.token("lower case", Jwt.sign("{\"alg\":\"hs256\"}", claims(), KEY)),
        Bad.token(
            "HS384 with our key", Jwt.sign("HmacSHA384", "{\"alg\":\"HS384\"}", claims(), KEY)),
        Bad.token(
            "HS512 with our key", Jwt.sign("HmacSHA512", "{\"alg\":\"HS512\"}", claims(), KEY)),
        Bad.token("HS256 said, HS512 done", Jwt.sign("HmacSHA512", HS256, claims(), KEY)),
        Bad.token("RS256, our key as if public", Jwt.sign("{\"alg\":\"RS256\"}", claims(), KEY)),
        Bad.token("ES256 with an empty signature", Jwt.unsigned("{\"alg\":\"ES256\"}", claims())),
        Bad.token(
            "a critical header unknown here",
            Jwt.sign("{\"alg\":\"HS256\",\"crit\":[\"x\"],\"x\":1}", claims(), KEY)));
  }

  static Stream<Bad> signatures() {
    String good = signed(claims());
    String body = good.substring(0, good.lastIndexOf('.') + 1);
    String signature = good.substring(body.length());
    String ownKey =
        "{\"alg\":\"HS256\",\"jwk\":{\"kty\":\"oct\",\"k\":\""
            + Jwt.encode("x".repeat(32))
            + "\"}}";
    return Stream.of(
        Bad.token("another key", Jwt.sign(HS256, claims(), "x".repeat(32))),
        Bad.token("a key that the token brings", Jwt.sign(ownKey, claims(), "x".repeat(32))),
        Bad.token(
            "a key that kid names",
            Jwt.sign("{\"alg\":\"HS256\",\"kid\":\"/dev/null\"}", claims(), "\0")),
        Bad.token("half of it", body + signature.substring(0, 20)),
        Bad.token(
            "another first character",
            body + (signature.startsWith("A") ? "B" : "A") + signature.substring(1)),
        Bad.token(
            "of other claims",
            signed(with("\"x\":1"))
                .replaceFirst("\\.[^.]*\\.", "." + body.split("\\.", -1)[1] + ".")));
  }

  static Stream<Bad> claimsThatDoNotHold() {
    return Stream.of(
        Bad.claims("no issuer", without("iss")),
        Bad.claims("another issuer", replaced("\"iss\":\"sunchak\"", "\"iss\":\"mallory\"")),
        Bad.claims(
            "an issuer in an array", replaced("\"iss\":\"sunchak\"", "\"iss\":[\"sunchak\"]")),
        Bad.claims("no audience", without("aud")),
        Bad.claims("another audience", replaced("\"aud\":\"sunchak\"", "\"aud\":\"shop\"")),
        Bad.claims(
            "an audience that begins alike",
            replaced("\"aud\":\"sunchak\"", "\"aud\":\"sunchak2\"")),
        Bad.claims("no audience in an array", replaced("\"aud\":\"sunchak\"", "\"aud\":[]")),
        Bad.claims("no expiry", without("exp")),
        Bad.claims("an expiry of null", expiring("null")),
        Bad.claims("an expiry in words", expiring("\"" + (SECOND + 60) + "\"")),
        Bad.claims("expired a minute ago", expiring(Long.toString(SECOND - 60))),
        Bad.claims("expired in 1970", expiring("0")),
        Bad.claims("expired before 1970", expiring("-1")),
        Bad.claims("not valid for a minute yet", with("\"nbf\":" + (SECOND + 60))),
        Bad.claims("valid from a word", with("\"nbf\":\"now\"")),
        Bad.claims("no subject", without("sub")),
        Bad.claims("a subject of null", subject("null")),
        Bad.claims("an empty subject", subject("\"\"")),
        Bad.claims("a subject with a space", subject("\"u 1\"")),
        Bad.claims("a subject with a line break", subject("\"u1\\n\"")),
        Bad.claims("a subject with a NUL", subject("\"u1\\u0000\"")),
        Bad.claims("a subject that is not ASCII", subject("\"유저\"")),
        Bad.claims("a subject of 129 characters", subject("\"" + "u".repeat(129) + "\"")),
        Bad.claims("a subject that is a fraction", subject("1.0")),
        Bad.claims("a subject with an exponent", subject("1e3")),
        Bad.claims("a subject that is true", subject("true")),
        Bad.claims("a subject of 129 digits", subject("1".repeat(129))),
        Bad.claims("a subject that is an array", subject("[\"u1\"]")),
        Bad.claims("two subjects", with("\"sub\":\"u2\"")),
        Bad.claims("two subjects, one written otherwise", with("\"s\\u0075b\":\"u2\"")),
        Bad.claims("two roles", with("\"roles\":[],\"roles\":[\"admin\"]")),
        Bad.claims("an audience of null", replaced("\"aud\":\"sunchak\"", "\"aud\":null")),
        Bad.claims("a nested audience", replaced("\"aud\":\"sunchak\"", "\"aud\":[[\"sunchak\"]]")),
        Bad.claims("an end beyond all numbers", expiring("1e400")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"roles\":[]",
        "\"roles\":[\"user\"]",
        "\"roles\":[\"ADMIN\"]",
        "\"roles\":[\"admin \"]",
        "\"roles\":{\"admin\":true}",
        "\"roles\":[[\"admin\"]]",
        "\"roles\":null",
        "\"roles\":1",
        "\"roles\":\"admin user\"",
        "\"roles\":\"admin,user\"",
        "\"roles\":\"ROLE_admin\"",
        "\"roles\":[{\"authority\":\"admin\"}]",
        "\"roles\":[{\"roles\":[\"admin\"]}]",
        "\"x\":{\"roles\":[\"admin\"]}",
        "\"role\":\"admin\"",
        "\"scope\":\"admin\"",
        "\"admin\":true"
      })
  void nobody_is_an_admin_but_by_a_role_that_is_the_string_admin(String claim) {
    assertThat(caller("Bearer " + signed(with(claim)))).contains(new Caller(new UserId("u1")));
  }

  @Test
  void one_string_is_one_role() {
    assertThat(caller("Bearer " + signed(with("\"roles\":\"admin\""))))
        .contains(new Caller(new UserId("u1"), Role.ADMIN));
  }

  @Test
  void a_foreign_claim_may_be_as_deep_as_the_token_is_long() {
    String deep = "[".repeat(5_000) + "]".repeat(5_000);

    assertThat(caller("Bearer " + signed(with("\"x\":" + deep)))).isPresent();
  }

  @Test
  void an_array_of_roles_that_holds_admin_makes_an_admin() {
    assertThat(caller("Bearer " + signed(with("\"roles\":[\"user\",\"admin\"]"))))
        .contains(new Caller(new UserId("u1"), Role.ADMIN));
  }

  @ParameterizedTest
  @ValueSource(strings = {"auth0|5f7c", "a@b.example", "https://id.example/u/1", "\\\"", "~!"})
  void what_identity_providers_send_as_a_subject_is_taken_as_it_is(String user) {
    TokenSigner signer =
        new TokenSigner(KEY.getBytes(StandardCharsets.UTF_8), InstantSource.fixed(NOW));

    assertThat(caller("Bearer " + signer.sign(user, false, Duration.ofMinutes(1))))
        .contains(new Caller(new UserId(user)));
  }

  @Test
  void an_audience_among_others_is_ours_too() {
    String claims = replaced("\"aud\":\"sunchak\"", "\"aud\":[\"shop\",\"sunchak\"]");

    assertThat(caller("Bearer " + signed(claims))).isPresent();
  }

  @Test
  void clocks_may_differ_by_some_seconds() {
    assertThat(caller("Bearer " + signed(expiring(Long.toString(SECOND - 5))))).isPresent();
    assertThat(caller("Bearer " + signed(with("\"nbf\":" + (SECOND + 5))))).isPresent();
  }

  private static String signed(String claims) {
    return Jwt.sign(HS256, claims, KEY);
  }

  private static String claims() {
    return "{\"iss\":\"sunchak\",\"aud\":\"sunchak\",\"sub\":\"u1\",\"exp\":" + (SECOND + 60) + "}";
  }

  private static String with(String claim) {
    return replaced("}", "," + claim + "}");
  }

  private static String without(String claim) {
    return replaced("\"" + claim + "\"", "\"not-" + claim + "\"");
  }

  private static String subject(String json) {
    return replaced("\"sub\":\"u1\"", "\"sub\":" + json);
  }

  private static String expiring(String json) {
    return replaced("\"exp\":" + (SECOND + 60), "\"exp\":" + json);
  }

  private static String replaced(String part, String other) {
    String claims = claims();
    assertThat(claims).contains(part);
    return claims.replace(part, other);
  }
}
