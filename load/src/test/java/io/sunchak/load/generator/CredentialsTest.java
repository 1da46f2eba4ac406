package io.sunchak.load.generator;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CredentialsTest {
  private static final int MANY = 40_000;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 9, 10, 16_383, 16_384, 16_385, MANY - 1})
  void each_user_has_a_line_of_their_own(int user) {
    Credentials names = Credentials.names("u", MANY);
    ByteBuf written = Unpooled.buffer();

    names.writeLine(user, written);

    assertThat(written.toString(StandardCharsets.US_ASCII))
        .isEqualTo("X-User-Id: u" + user + "\r\n\r\n");
    assertThat(written.readableBytes()).isLessThanOrEqualTo(names.longestLine());
    assertThat(names.count()).isEqualTo(MANY);
  }

  @Test
  void a_load_may_have_nobody() {
    assertThat(Credentials.names("u", 0).count()).isZero();
    assertThat(Credentials.names("u", 0).longestLine()).isZero();
  }
}
