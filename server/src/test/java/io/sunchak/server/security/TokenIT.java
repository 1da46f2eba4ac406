package io.sunchak.server.security;

import static io.sunchak.server.testing.Jwt.HS256;
import static org.assertj.core.api.Assertions.assertThat;

import io.sunchak.server.testing.Answer;
import io.sunchak.server.testing.Api;
import io.sunchak.server.testing.Call;
import io.sunchak.server.testing.Jwt;
import io.sunchak.server.testing.LiveServer;
import io.sunchak.server.testing.RawSocket;
import io.sunchak.server.testing.ServerExtension;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens as identity providers make them, on the hot call and on the others alike. */
@ExtendWith(ServerExtension.class)
class TokenIT {
  /** No campaign has this id: who is let in hears 404. */
  private static final Call ISSUE = Call.post("/api/v1/campaigns/nobodys/issues");

  private static final Call MINE = Call.get("/api/v1/campaigns/nobodys/issues/me");
  private static final Call ADMIN = Call.get(Api.ADMIN);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"roles\":\"user\"",
        "\"roles\":null",
        "\"roles\":7",
        "\"roles\":true",
        "\"roles\":{\"admin\":true}",
        "\"roles\":[[\"admin\"]]",
        "\"roles\":[{\"authority\":\"ROLE_admin\"}]",
        "\"roles\":[null,7,{\"name\":\"admin\"}]",
        "\"nbf\":null",
        "\"groups\":[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]",
        "\"n\":1111111111111111111111111111111111111111e400",
        "\"email\":{\"a\":1,\"a\":2}",
        "\"jti\":1,\"jti\":2"
      })
  void what_is_not_needed_is_not_judged(String claim, Api api) {
    String token = signed(claims().replace("}", "," + claim + "}"));

    api.send(ISSUE.as(token)).is(404, "CAMPAIGN_NOT_FOUND");
    api.send(MINE.as(token)).is(404, "CAMPAIGN_NOT_FOUND");
    api.send(ADMIN.as(token)).is(403, "FORBIDDEN");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"admin\"", "[\"admin\"]", "[null,[\"x\"],{\"y\":1},\"admin\"]"})
  void one_string_or_an_array_that_holds_admin_makes_an_admin(String roles, Api api) {
    api.send(ADMIN.as(signed(claims().replace("}", ",\"roles\":" + roles + "}")))).is(200);
  }

  @Test
  void a_token_with_the_groups_of_an_identity_provider_is_accepted(Api api) {
    String groups = "\"f47ac10b-58cc-4372-a567-0e02b2c3d479\",".repeat(200);
    String token =
        signed(claims().replace("}", ",\"groups\":[" + groups + "\"last\"],\"roles\":\"admin\"}"));

    assertThat(token.length()).isGreaterThan(10_000);
    api.send(ISSUE.as(token)).is(404, "CAMPAIGN_NOT_FOUND");
    api.send(ADMIN.as(token)).is(200);
  }

  @Test
  void a_subject_that_is_a_whole_number_is_its_digits(Api api) {
    String token = signed(claims().replace("\"u1\"", "9007199254740993"));
    api.create("numeric-subject", 1);

    Answer issued = api.send(Call.post("/api/v1/campaigns/numeric-subject/issues").as(token));

    assertThat(issued.is(202).json().path("userId").asString()).isEqualTo("9007199254740993");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          "exp":1000000000        | it has expired
          "exp":"soon"            | exp must be a number
          "exp":null              | it has no exp
          "nbf":99999999999       | it is not valid yet
          "iss":"moonchak"        | iss is not the issuer
          "iss":null              | iss is not the issuer
          "aud":"moonchak"        | aud does not contain
          "aud":null              | aud does not contain
          "aud":[null,7]          | aud does not contain
          "sub":null              | it has no sub
          "sub":"u 1"             | sub must be
          "sub":1.5               | sub must be
          "sub":["u1"]            | sub must be
          """)
  void a_refusal_says_why(String claim, String why, Api api) {
    String name = claim.substring(0, claim.indexOf(':'));
    String token =
        signed(
            claims().contains(name)
                ? claims().replaceFirst(name + ":(\"[^\"]*\"|\\d+)", claim)
                : claims().replace("}", "," + claim + "}"));

    for (Call call : List.of(ISSUE, MINE, ADMIN)) {
      refusesWith(why, api.send(call.as(token)));
    }
  }

  @Test
  void what_is_no_token_of_ours_is_told_too_and_never_repeated(Api api) {
    String good = api.server().user("u1");
    String key = "x".repeat(32);
    for (Call call : List.of(ISSUE, MINE, ADMIN)) {
      refusesWith("signature", api.send(call.as(Jwt.sign(HS256, claims(), key))));
      refusesWith("HS256", api.send(call.as(Jwt.unsigned("{\"alg\":\"none\"}", claims()))));
      refusesWith("three parts", api.send(call.as("s3cret-and-no-token")));
      refusesWith("twice", api.send(call.as(signed(claims().replace("}", ",\"sub\":\"u2\"}")))));
      refusesWith("no JSON", api.send(call.as(signed("sub=s3cret"))));
      refusesWith("more than one", api.send(call.as(good).as(good)));
      refusesWith("more than one", api.send(call.as(good).with("Authorization", "Basic dTE6cA==")));
    }
  }

  @Test
  void without_a_token_a_bare_challenge_asks_for_one(Api api) {
    for (Call call :
        List.of(ISSUE, MINE, ADMIN, ISSUE.with("Authorization", "Basic dTE6czNjcmV0"))) {
      Answer answer = api.send(call).is(401, "UNAUTHENTICATED");

      assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
      assertThat(answer.json().has("detail")).isFalse();
    }
  }

  /** Also on the hot call of a raw connection, which no client library orders. */
  @Test
  void two_authorizations_are_none_whichever_comes_first(LiveServer server) throws IOException {
    String good = "Authorization: Bearer " + server.user("u1") + "\r\n";
    String bad = "Authorization: Bearer x.y.z\r\n";
    String issue = "POST /api/v1/campaigns/nobodys/issues HTTP/1.1\r\nHost: a\r\n";
    for (String both : List.of(good + bad, bad + good, good + good)) {
      try (RawSocket socket = new RawSocket(server)) {
        String heard = socket.say(issue + both + "Connection: close\r\n\r\n").untilClosed();

        assertThat(heard).startsWith("HTTP/1.1 401 ").contains("more than one");
      }
    }
  }

  private static void refusesWith(String why, Answer answer) {
    answer.is(401, "UNAUTHENTICATED");
    assertThat(answer.header("WWW-Authenticate"))
        .matches("Bearer error=\"invalid_token\", error_description=\"[ !#-\\[\\]-~]+\"")
        .contains(why);
    assertThat(answer.json().path("detail").asString()).contains(why);
    assertThat(answer.text()).doesNotContain("s3cret", "u2");
  }

  private static String signed(String claims) {
    return Jwt.sign(HS256, claims, LiveServer.TOKEN_SECRET);
  }

  private static String claims() {
    long exp = Instant.now().plus(Duration.ofMinutes(10)).getEpochSecond();
    return "{\"iss\":\"sunchak\",\"aud\":\"sunchak\",\"sub\":\"u1\",\"exp\":" + exp + "}";
  }
}
