package io.sunchak.load.generator;

import static org.assertj.core.api.Assertions.assertThat;

import io.sunchak.judge.Invocation.Ok;
import io.sunchak.judge.Invocation.Refused;
import io.sunchak.judge.Invocation.Unknown;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class WordsTest {
  private final Words words = new Words();

  @Test
  void a_yes_is_its_sequence() {
    long word = word(202, "{\"campaignId\":\"c\",\"sequence\":123456789,\"state\":\"ACCEPTED\"}");
    assertThat(words.result(word)).isEqualTo(new Ok(123_456_789));
    assertThat(Words.status(word)).isEqualTo(202);
  }

  @Test
  void a_yes_without_a_sequence_is_nothing_to_rely_on() {
    assertThat(words.result(word(200, "{\"state\":\"ACCEPTED\"}"))).isEqualTo(new Unknown());
    assertThat(words.result(word(200, ""))).isEqualTo(new Unknown());
  }

  @Test
  void a_no_is_its_code_however_many_there_are() {
    assertThat(words.result(word(409, "{\"code\":\"SOLD_OUT\"}")))
        .isEqualTo(new Refused("SOLD_OUT"));
    assertThat(words.result(word(409, "{\"code\":\"PAUSED\"}"))).isEqualTo(new Refused("PAUSED"));
    assertThat(words.result(word(409, "{\"a\":1,\"code\":\"SOLD_OUT\"}")))
        .isEqualTo(new Refused("SOLD_OUT"));
    assertThat(words.result(word(404, "not found"))).isEqualTo(new Refused("HTTP_404"));
  }

  @Test
  void what_may_have_happened_is_unknown() {
    assertThat(words.result(Words.NONE)).isEqualTo(new Unknown());
    assertThat(words.result(word(500, "{\"code\":\"INTERNAL\"}"))).isEqualTo(new Unknown());
    assertThat(words.result(word(503, "{\"code\":\"OUTCOME_UNKNOWN\"}"))).isEqualTo(new Unknown());
    assertThat(words.result(word(503, "{\"code\":\"OVERLOADED\"}")))
        .isEqualTo(new Refused("OVERLOADED"));
  }

  @Test
  void only_what_came_is_read_not_what_an_earlier_answer_left_behind() {
    byte[] reused = "{\"code\":\"SOLD_OUT\"}".getBytes(StandardCharsets.US_ASCII);
    assertThat(words.result(words.of(409, reused, 2))).isEqualTo(new Refused("HTTP_409"));
  }

  private long word(int status, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.US_ASCII);
    return words.of(status, bytes, bytes.length);
  }
}
