package io.sunchak.load.generator;

import static org.assertj.core.api.Assertions.assertThat;

import io.sunchak.judge.Invocation.Ok;
import io.sunchak.judge.Invocation.Refused;
import io.sunchak.judge.Invocation.Unknown;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class AnswerCodecTest {
  private final AnswerCodec codec = new AnswerCodec();

  @Test
  void a_yes_is_its_sequence() {
    long answer =
        encoded(202, "{\"campaignId\":\"c\",\"sequence\":123456789,\"state\":\"ACCEPTED\"}");
    assertThat(codec.result(answer)).isEqualTo(new Ok(123_456_789));
    assertThat(AnswerCodec.status(answer)).isEqualTo(202);
  }

  @Test
  void a_yes_without_a_sequence_is_nothing_to_rely_on() {
    assertThat(codec.result(encoded(200, "{\"state\":\"ACCEPTED\"}"))).isEqualTo(new Unknown());
    assertThat(codec.result(encoded(200, ""))).isEqualTo(new Unknown());
  }

  @Test
  void a_no_is_its_code_however_many_there_are() {
    assertThat(codec.result(encoded(409, "{\"code\":\"SOLD_OUT\"}")))
        .isEqualTo(new Refused("SOLD_OUT"));
    assertThat(codec.result(encoded(409, "{\"code\":\"PAUSED\"}")))
        .isEqualTo(new Refused("PAUSED"));
    assertThat(codec.result(encoded(409, "{\"a\":1,\"code\":\"SOLD_OUT\"}")))
        .isEqualTo(new Refused("SOLD_OUT"));
    assertThat(codec.result(encoded(404, "not found"))).isEqualTo(new Refused("HTTP_404"));
  }

  @Test
  void what_may_have_happened_is_unknown() {
    assertThat(codec.result(AnswerCodec.MISSING)).isEqualTo(new Unknown());
    assertThat(codec.result(encoded(500, "{\"code\":\"INTERNAL\"}"))).isEqualTo(new Unknown());
    assertThat(codec.result(encoded(503, "{\"code\":\"OUTCOME_UNKNOWN\"}")))
        .isEqualTo(new Unknown());
    assertThat(codec.result(encoded(503, "{\"code\":\"OVERLOADED\"}")))
        .isEqualTo(new Refused("OVERLOADED"));
  }

  @Test
  void only_what_came_is_read_not_what_an_earlier_answer_left_behind() {
    byte[] reused = "{\"code\":\"SOLD_OUT\"}".getBytes(StandardCharsets.US_ASCII);
    assertThat(codec.result(codec.encode(409, reused, 2))).isEqualTo(new Refused("HTTP_409"));
  }

  private long encoded(int status, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.US_ASCII);
    return codec.encode(status, bytes, bytes.length);
  }
}
