package io.sunchak.server.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.sunchak.server.fuzz.FuzzRequest.Rule;
import io.sunchak.server.testing.Answer;
import io.sunchak.server.testing.OpenApi;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;

/** Judges one answer; throws {@link AssertionError} that says what is wrong. Stateless. */
final class Oracle {
  /** No answers to what the file allows. */
  private static final Set<Integer> WRONG_IN_ITSELF = Set.of(400, 401, 403, 405, 413, 428);

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private Oracle() {}

  static void judge(FuzzRequest request, Answer answer) {
    assertThat(answer.status()).as("with healthy engines: %s", answer.text()).isLessThan(500);
    if (isRefusalOfHttp(request, answer)) {
      OpenApi.get().checkRefusal(request.call(), answer);
    } else {
      OpenApi.get().check(request.call(), answer);
    }
    judgeAll(answer);
    if (request.rule() == Rule.FORBIDDEN) {
      assertThat(answer.status()).as("the file forbids it").isGreaterThanOrEqualTo(400);
    }
    // Who may get a coupon is the campaign's state, which the file does not know.
    boolean ofTheState = answer.text().contains("\"code\":\"NOT_ELIGIBLE\"");
    if (request.rule() == Rule.ALLOWED && !ofTheState) {
      assertThat(answer.status()).as(answer.text()).isNotIn(WRONG_IN_ITSELF);
    }
    if (answer.mediaType().equals("text/event-stream") && !answer.text().isEmpty()) {
      String data =
          answer.text().lines().filter(line -> line.startsWith("data:")).findFirst().orElseThrow();
      String schema = "/components/schemas/Snapshot";
      assertThat(OpenApi.get().errors(schema, JSON.readTree(data.substring(5)))).isEmpty();
    }
  }

  /** What holds for every answer of this server. */
  static void judgeAll(Answer answer) {
    assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(answer.header("Cache-Control")).isNotNull();
    assertThat(answer.text()).as("no trace").doesNotContain("Exception:", "\tat io.", "\tat java.");
    assertThat(answer.header("WWW-Authenticate") != null)
        .as("a challenge with 401 alone")
        .isEqualTo(answer.status() == 401);
  }

  /** Where there is no body to say which, the status says it. */
  private static boolean isRefusalOfHttp(FuzzRequest request, Answer answer) {
    String code =
        answer.mediaType().equals("application/problem+json") && !answer.text().isEmpty()
            ? answer.json().path("code").asString("")
            : "";
    return request.refusals().stream()
        .anyMatch(
            one -> code.isEmpty() ? one.status() == answer.status() : one.name().equals(code));
  }
}
