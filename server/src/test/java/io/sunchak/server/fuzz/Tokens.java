package io.sunchak.server.fuzz;

import io.sunchak.server.testing.Jwt;
import io.sunchak.server.testing.LiveServer;
import java.util.List;

/** Authorization headers, of each role and of none; the same user always has the same. */
final class Tokens {
  private static final String KEY = LiveServer.TOKEN_SECRET;
  private static final String CLAIMS =
      """
      {"iss":"sunchak","aud":"sunchak","sub":"%s","exp":4102444800%s}\
      """;
  private static final String ADMIN = ",\"roles\":[\"admin\"]";

  private Tokens() {}

  static String user(String id) {
    return bearer(Jwt.sign(Jwt.HS256, CLAIMS.formatted(id, ""), KEY));
  }

  static String admin(String id) {
    return bearer(Jwt.sign(Jwt.HS256, CLAIMS.formatted(id, ADMIN), KEY));
  }

  private static String bearer(String token) {
    return "Authorization: Bearer " + token;
  }

  /** Header lines that let nobody in, although they ask for an administrator's rights. */
  static List<String> broken(Dice dice) {
    String claims = CLAIMS.formatted("mallory", ADMIN);
    String good = Jwt.sign(Jwt.HS256, claims, KEY);
    return switch (dice.below(11)) {
      case 0 -> List.of();
      case 1 -> List.of(bearer(Jwt.sign(Jwt.HS256, claims, "x".repeat(32))));
      case 2 -> List.of(bearer(Jwt.unsigned("{\"alg\":\"none\"}", claims)));
      case 3 -> List.of(bearer(good), bearer(good));
      case 4 -> List.of("Authorization: Basic dTE6cHc=");
      case 5 -> List.of(bearer(dice.any(List.of("", "a", "a.b", "a.b.c", "a.b.c.d", "..", "ÿ"))));
      case 6 -> List.of(bearer(flipped(good, dice)));
      case 7 -> List.of(bearer(good.substring(0, dice.below(good.length()))));
      case 8 -> List.of(bearer(Jwt.sign("HmacSHA512", "{\"alg\":\"HS512\"}", claims, KEY)));
      case 9 -> List.of("X-User-Id: mallory", "Cookie: token=" + good);
      default -> List.of(bearer(Jwt.sign(Jwt.HS256, broken(claims, dice), KEY)));
    };
  }

  private static String broken(String claims, Dice dice) {
    return switch (dice.below(8)) {
      case 0 -> claims.replace("4102444800", "1000000000");
      case 1 -> claims.replace("\"iss\":\"sun", "\"iss\":\"moon");
      case 2 -> claims.replace("\"aud\":\"sun", "\"aud\":\"moon");
      case 3 -> claims.replace("\"exp\"", "\"not-exp\"");
      case 4 ->
          claims.replace(
              "mallory", dice.any(List.of("", "m 1", "\\u0000", "\\ud800", "x".repeat(129))));
      case 5 ->
          claims.replace(
              "\"mallory\"", dice.any(List.of("null", "1.5", "[\"mallory\"]", "{}", "true")));
      case 6 -> claims.replace("}", ",\"sub\":\"u2\"}");
      default -> claims.substring(0, dice.below(claims.length()));
    };
  }

  /** Not the last character, some of whose bits do not count. */
  private static String flipped(String token, Dice dice) {
    int at = dice.below(token.length() - 1);
    char other = token.charAt(at) == 'A' ? 'B' : 'A';
    return token.substring(0, at) + other + token.substring(at + 1);
  }
}
