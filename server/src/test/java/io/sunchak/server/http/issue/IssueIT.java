package io.sunchak.server.http.issue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sunchak.server.testing.Answer;
import io.sunchak.server.testing.Api;
import io.sunchak.server.testing.Call;
import io.sunchak.server.testing.ServerExtension;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What a user meets. */
@ExtendWith(ServerExtension.class)
class IssueIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Test
  void an_accepted_issue_becomes_a_row(Api api) {
    api.create("issued", 10);

    Answer accepted = api.issue("issued", "u1").is(202);
    assertThat(accepted.json().path("sequence").asLong()).isEqualTo(1);
    assertThat(accepted.json().path("userId").asString()).isEqualTo("u1");
    assertThat(accepted.header("Location")).isEqualTo("issues/me");
    assertThat(accepted.header("Cache-Control")).isEqualTo("no-store");

    JsonNode row = awaitIssued(api, "issued", "u1");
    assertThat(row.path("sequence").asLong()).isEqualTo(1);
    assertThat(row.path("acceptedAt")).isEqualTo(accepted.json().path("acceptedAt"));
  }

  @Test
  void nobody_else_holds_it(Api api) {
    api.create("mine-alone", 10);
    api.issue("mine-alone", "u1").is(202);

    api.mine("mine-alone", "u2").is(404, "NOT_ISSUED");
  }

  @Test
  void the_user_is_the_tokens_subject_whatever_the_request_says(Api api) {
    api.create("whose", 10);
    String token = api.server().user("u1");

    Answer answer =
        api.send(
                Call.post("/api/v1/campaigns/whose/issues?userId=u2&sub=u2&user=u2")
                    .as(token)
                    .with("X-User-Id", "u2")
                    .with("X-Forwarded-User", "u2")
                    .with("Cookie", "user=u2"))
            .is(202);

    assertThat(answer.json().path("userId").asString()).isEqualTo("u1");
    api.mine("whose", "u2").is(404, "NOT_ISSUED");
    api.send(Call.get("/api/v1/campaigns/whose/issues/me?userId=u1").as(api.server().user("u2")))
        .is(404, "NOT_ISSUED");
  }

  @ParameterizedTest
  @ValueSource(strings = {"auth0|5f7c\"\\", "https://id.example/u?x=1&y=<b>", "~!@#$%^&*()"})
  void a_user_id_comes_back_as_the_token_has_it(String user, Api api) {
    String id = "odd-user-" + Integer.toHexString(user.hashCode());
    api.create(id, null);

    assertThat(api.issue(id, user).is(202).json().path("userId").asString()).isEqualTo(user);
    assertThat(api.issue(id, user).is(200).json().path("userId").asString()).isEqualTo(user);
    assertThat(awaitIssued(api, id, user).path("userId").asString()).isEqualTo(user);
  }

  @Test
  void a_repeat_is_answered_with_the_first_sequence_whatever_happened_since(Api api) {
    api.create("repeated", 2);
    api.issue("repeated", "u1").is(202);
    replays(api, "repeated", "u1", 1);

    api.issue("repeated", "u2").is(202);
    api.issue("repeated", "u3").is(409, "SOLD_OUT");
    replays(api, "repeated", "u1", 1);

    api.ask("pause", "repeated").is(200);
    api.issue("repeated", "u3").is(409, "PAUSED");
    replays(api, "repeated", "u2", 2);

    api.ask("close", "repeated").is(200);
    api.issue("repeated", "u3").is(409, "CLOSED");
    replays(api, "repeated", "u1", 1);
    api.mine("repeated", "u3").is(404, "NOT_ISSUED");
  }

  @Test
  void before_the_opening_the_answer_says_when_to_come_back(Api api) {
    Instant opens = Instant.parse("2098-12-24T03:00:00Z");
    api.create("not-yet", 10, opens.toString(), "2099-01-01T00:00:00Z");

    Answer answer = api.issue("not-yet", "u1").is(409, "NOT_OPEN");

    assertThat(answer.json().path("opensAt").asString()).isEqualTo(opens.toString());
    assertThat(Integer.parseInt(String.valueOf(answer.header("Retry-After")))).isPositive();
    assertThat(api.campaign("not-yet").path("state").asString()).isEqualTo("SCHEDULED");
  }

  @Test
  void after_the_window_it_is_closed(Api api) {
    api.create("over", 10, "2020-01-01T00:00:00Z", "2020-01-02T00:00:00Z");

    api.issue("over", "u1").is(409, "CLOSED");
    assertThat(api.campaign("over").path("state").asString()).isEqualTo("CLOSED");
  }

  @Test
  void what_is_left_is_shown_to_anybody(Api api) {
    api.create("shown", 1);
    JsonNode open = api.get("/api/v1/campaigns/shown").is(200).json();
    assertThat(open.path("remaining").asLong()).isEqualTo(1);
    assertThat(open.path("state").asString()).isEqualTo("OPEN");

    api.issue("shown", "u1").is(202);

    await()
        .untilAsserted(() -> {
          JsonNode soldOut = api.get("/api/v1/campaigns/shown").is(200).json();
          assertThat(soldOut.path("remaining").asLong()).isZero();
          assertThat(soldOut.path("state").asString()).isEqualTo("SOLD_OUT");
          assertThat(soldOut.has("version")).isFalse();
        });
  }

  @Test
  void an_unlimited_campaign_has_neither_a_total_nor_a_rest(Api api) {
    api.create("unlimited", null);
    api.issue("unlimited", "u1").is(202);

    JsonNode view = api.get("/api/v1/campaigns/unlimited").is(200).json();

    assertThat(List.of(view.path("totalStock"), view.path("remaining"))).allMatch(JsonNode::isNull);
    assertThat(view.path("state").asString()).isEqualTo("OPEN");
  }

  private static void replays(Api api, String campaign, String user, long sequence) {
    Answer answer = api.issue(campaign, user).is(200);
    assertThat(answer.header("Idempotent-Replayed")).isEqualTo("true");
    assertThat(answer.json().path("sequence").asLong()).isEqualTo(sequence);
  }

  private static JsonNode awaitIssued(Api api, String campaign, String user) {
    return await()
        .atMost(PATIENCE)
        .until(
            () -> api.mine(campaign, user).is(200).json(),
            mine -> mine.path("state").asString().equals("ISSUED"));
  }
}
