package io.sunchak.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ValidityTest {
  private static final Instant ONE = Instant.parse("2027-01-01T00:00:00Z");
  private static final Instant TWO = Instant.parse("2027-01-02T00:00:00Z");
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration WEEK = Duration.ofDays(7);

  private static Validity valid(
      @Nullable Instant from, @Nullable Instant until, @Nullable Duration lasting) {
    return new Validity(from, until, lasting);
  }

  @Test
  void what_is_no_validity_is_refused() {
    refuses(ONE, ONE, null);
    refuses(TWO, ONE, null);
    refuses(null, ONE, DAY);
    refuses(null, null, Duration.ZERO);
    refuses(null, null, Duration.ofSeconds(-1));
    refuses(null, null, Duration.ofMillis(1_500));
  }

  private static void refuses(
      @Nullable Instant from, @Nullable Instant until, @Nullable Duration lasting) {
    assertThatThrownBy(() -> valid(from, until, lasting))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void only_what_takes_time_from_a_holder_shortens() {
    assertThat(valid(null, ONE, null).shortens(valid(null, TWO, null))).isTrue();
    assertThat(valid(null, TWO, null).shortens(Validity.ALWAYS)).isTrue();
    assertThat(valid(TWO, null, null).shortens(valid(ONE, null, null))).isTrue();
    assertThat(valid(ONE, null, null).shortens(Validity.ALWAYS)).isTrue();
    assertThat(valid(null, null, DAY).shortens(valid(null, null, WEEK))).isTrue();
    assertThat(valid(null, null, WEEK).shortens(Validity.ALWAYS)).isTrue();
    assertThat(valid(null, TWO, null).shortens(valid(null, null, DAY))).isTrue();
    assertThat(valid(null, null, WEEK).shortens(valid(null, ONE, null))).isTrue();

    assertThat(valid(null, TWO, null).shortens(valid(null, ONE, null))).isFalse();
    assertThat(valid(ONE, null, null).shortens(valid(TWO, null, null))).isFalse();
    assertThat(valid(null, null, WEEK).shortens(valid(null, null, DAY))).isFalse();
    assertThat(Validity.ALWAYS.shortens(valid(ONE, TWO, null))).isFalse();
    assertThat(valid(ONE, TWO, null).shortens(valid(ONE, TWO, null))).isFalse();
  }

  @Test
  void it_is_told_in_words() {
    assertThat(Validity.ALWAYS.text()).isEqualTo("always");
    assertThat(valid(ONE, TWO, null).text())
        .isEqualTo("from 2027-01-01T00:00:00Z until 2027-01-02T00:00:00Z");
    assertThat(valid(null, null, WEEK).text()).isEqualTo("for PT168H");
  }
}
