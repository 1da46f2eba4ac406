package io.sunchak.server.http.campaigns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sunchak.server.testing.Answer;
import io.sunchak.server.testing.Api;
import io.sunchak.server.testing.Call;
import io.sunchak.server.testing.ServerExtension;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What everybody reads before an opening. */
@ExtendWith(ServerExtension.class)
class BoardIT {
  private static final List<String> COMPARED =
      List.of(
          "Content-Type",
          "Content-Length",
          "Cache-Control",
          "ETag",
          "X-Content-Type-Options",
          "X-Frame-Options",
          "Referrer-Policy",
          "Content-Security-Policy");
  private static final Duration SEEN_BY_ITS_MILLISECONDS = Duration.ofMillis(20);
  private static final String READ = Api.CAMPAIGNS + "/board-read";

  @ParameterizedTest
  @ValueSource(strings = {"/board-tag", "?cursor=board-tac&limit=1"})
  void who_has_it_already_is_spared_the_answer_until_something_changes(String target, Api api) {
    if (api.get(Api.CAMPAIGNS + "/board-tag").status() == 404) {
      api.create("board-tag", 10);
    }
    Answer first = api.get(Api.CAMPAIGNS + target).is(200);
    assertThat(first.header("Cache-Control")).isEqualTo("max-age=1, public");
    String tag = Objects.requireNonNull(first.header("ETag"));
    Call again = Call.get(Api.CAMPAIGNS + target).with("If-None-Match", "\"other\", " + tag);
    api.send(again).is(304);

    api.patch("board-tag", Map.of("name", "Renamed for " + target)).is(200);
    assertThat(api.send(again).is(200).text()).contains("Renamed for " + target);
  }

  @Test
  void what_an_administrator_did_is_seen_at_once_and_what_users_did_within_a_second(Api api) {
    api.get(READ).is(404, "CAMPAIGN_NOT_FOUND");
    api.create("board-read", 10);
    assertThat(api.get(READ).is(200).json().path("remaining").asLong()).isEqualTo(10);
    api.ask("pause", "board-read").is(200);
    assertThat(api.get(READ).json().path("state").asString()).isEqualTo("PAUSED");
    api.ask("resume", "board-read").is(200);

    api.issue("board-read", "u1").is(202);
    assertThat(api.campaign("board-read").path("issued").asLong()).isEqualTo(1);
    await().until(() -> api.get(READ).json().path("remaining").asLong() == 9);
  }

  /** A query that nobody reads keeps a call from the direct way. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void the_direct_way_answers_as_webflux_does(boolean known, Api api) {
    String target = Api.CAMPAIGNS + "/board-ways";
    if (api.get(target).status() == 404) {
      api.create("board-ways", 10);
    }
    String tag = known ? Objects.requireNonNull(api.get(target).header("ETag")) : "\"other\"";

    Answer direct = api.send(Call.get(target).with("If-None-Match", tag)).is(known ? 304 : 200);
    Answer routed = api.send(Call.get(target + "?x=1").with("If-None-Match", tag));
    assertThat(routed.status()).isEqualTo(direct.status());
    for (String header : COMPARED) {
      assertThat(direct.header(header)).as(header).isEqualTo(routed.header(header));
    }
    assertThat(withoutTime(direct)).isEqualTo(withoutTime(routed));
  }

  private static String withoutTime(Answer answer) {
    return answer.text().replaceFirst("\"serverTime\":\"[^\"]+\"", "");
  }

  @Test
  void the_time_is_that_of_the_answer(Api api) {
    api.create("board-time", 10);
    Instant first = serverTime(api);
    await().until(() -> Instant.now().isAfter(first.plus(SEEN_BY_ITS_MILLISECONDS)));
    assertThat(serverTime(api)).isAfter(first);
  }

  private static Instant serverTime(Api api) {
    return Instant.parse(
        api.get(Api.CAMPAIGNS + "/board-time").json().path("serverTime").asString());
  }
}
