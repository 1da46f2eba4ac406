package io.sunchak.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.sunchak.judge.Invocation;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What an answer means to the judge: yes, a no without effect, or "it may have happened". */
class AnswerTest {
  static Stream<Arguments> answers() {
    return Stream.of(
        Arguments.of(202, "{\"sequence\":7,\"state\":\"ACCEPTED\"}", new Invocation.Ok(7)),
        Arguments.of(201, "{\"sequence\":8,\"state\":\"ISSUED\"}", new Invocation.Ok(8)),
        Arguments.of(200, "{\"sequence\":9}", new Invocation.Ok(9)),
        Arguments.of(409, "{\"code\":\"SOLD_OUT\"}", new Invocation.Refused("SOLD_OUT")),
        Arguments.of(503, "{\"code\":\"REDIS_DOWN\"}", new Invocation.Refused("REDIS_DOWN")),
        Arguments.of(429, "slow down", new Invocation.Refused("HTTP_429")),
        Arguments.of(503, "{\"code\":\"OUTCOME_UNKNOWN\"}", new Invocation.Unknown()),
        Arguments.of(500, "{\"code\":\"INTERNAL\"}", new Invocation.Unknown()),
        // Something between us and the server answered, which cannot know.
        Arguments.of(504, "<html>Gateway Time-out</html>", new Invocation.Unknown()),
        // A yes that does not say which coupon is no promise that could be checked.
        Arguments.of(202, "{\"state\":\"ACCEPTED\"}", new Invocation.Unknown()),
        Arguments.of(202, "not json", new Invocation.Unknown()),
        Arguments.of(0, "", new Invocation.Unknown()));
  }

  @ParameterizedTest
  @MethodSource("answers")
  void an_answer_is_what_its_status_and_code_promise(
      int status, String body, Invocation.Result meaning) {
    assertThat(answer(status, body).result()).isEqualTo(meaning);
  }

  @Test
  void an_answer_ends_its_try_and_a_missing_one_leaves_it_open_for_ever() {
    assertThat(answer(202, "{\"sequence\":1}").completedNanos()).isEqualTo(20);
    assertThat(answer(0, "").completedNanos()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void a_user_knows_by_a_coupon_or_when_every_coupon_is_given() {
    assertThat(answer(200, "{\"sequence\":1}").isFinal()).isTrue();
    assertThat(answer(409, "{\"code\":\"SOLD_OUT\"}").isFinal()).isTrue();
    assertThat(answer(409, "{\"code\":\"PAUSED\"}").isFinal()).isFalse();
    assertThat(answer(503, "{\"code\":\"OUTCOME_UNKNOWN\"}").isFinal()).isFalse();
    assertThat(answer(0, "").isFinal()).isFalse();
  }

  @Test
  void an_open_campaign_answers_with_a_coupon_or_sold_out_or_says_when_to_come_again() {
    assertThat(answer(202, "{\"sequence\":1}").isAllowed()).isTrue();
    assertThat(answer(202, "{\"state\":\"ACCEPTED\"}").isAllowed()).isFalse();
    assertThat(answer(409, "{\"code\":\"SOLD_OUT\"}").isAllowed()).isTrue();
    assertThat(answer(409, "{\"code\":\"PAUSED\"}").isAllowed()).isFalse();
    assertThat(answer(500, "{\"code\":\"INTERNAL\"}").isAllowed()).isFalse();
    assertThat(answer(503, "{\"code\":\"REDIS_DOWN\"}").isAllowed()).as("when?").isFalse();
    assertThat(answer(503, "{\"code\":\"REDIS_DOWN\"}", "1").isAllowed()).isTrue();
    assertThat(answer(503, "<html>", "1").isAllowed()).as("why?").isFalse();
    assertThat(answer(429, "{\"code\":\"RATE_LIMITED\"}", "1").isAllowed()).isTrue();
    assertThat(answer(429, "{\"code\":\"RATE_LIMITED\"}").isAllowed()).as("when?").isFalse();
    assertThat(answer(0, "").isAllowed()).isTrue();
  }

  private static Answer answer(int status, String body) {
    return answer(status, body, null);
  }

  private static Answer answer(int status, String body, @Nullable String retryAfter) {
    return new Answer(status, body, retryAfter, 10, 20);
  }
}
