package io.sunchak.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BackoffTest {
  private static final Duration FIRST = Duration.ofMillis(100);
  private static final Duration MOST = Duration.ofSeconds(2);

  @ParameterizedTest
  @CsvSource({"1,100", "2,200", "3,400", "5,1600", "6,2000", "7,2000"})
  void each_pause_is_between_half_and_whole_of_twice_the_last_up_to_the_most(
      int failures, long wholeMillis) {
    assertThat(drawing(0).after(failures)).isEqualTo(Duration.ofMillis(wholeMillis / 2));
    assertThat(drawing(Long.MAX_VALUE).after(failures)).isEqualTo(Duration.ofMillis(wholeMillis));
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, -1, 0})
  void fewer_failures_than_one_count_as_one(int failures) {
    assertThat(drawing(Long.MAX_VALUE).after(failures)).isEqualTo(FIRST);
  }

  @Test
  void no_number_of_failures_makes_a_pause_negative_or_too_long() {
    assertThat(drawing(Long.MAX_VALUE).after(Integer.MAX_VALUE)).isEqualTo(MOST);
  }

  @Test
  void nodes_that_failed_together_do_not_return_together() {
    Backoff backoff = new Backoff(FIRST, MOST, new Random(7));
    assertThat(backoff.after(1)).isNotEqualTo(backoff.after(1));
  }

  /** A generator that draws {@code value}, or the highest that is asked for. */
  private static Backoff drawing(long value) {
    RandomGenerator fixed =
        new RandomGenerator() {
          @Override
          public long nextLong() {
            return value;
          }

          @Override
          public long nextLong(long bound) {
            return Math.min(value, bound - 1);
          }
        };
    return new Backoff(FIRST, MOST, fixed);
  }
}
