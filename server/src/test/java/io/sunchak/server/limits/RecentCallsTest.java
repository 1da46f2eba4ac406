package io.sunchak.server.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecentCallsTest {
  private static final Duration WINDOW = Duration.ofSeconds(10);

  private final AtomicLong nanos = new AtomicLong();
  private final RecentCalls recent = new RecentCalls(3, WINDOW, nanos::get);

  @Test
  void a_key_is_rare_for_its_first_calls_in_a_window() {
    assertThat(rareOf(1_000)).isEqualTo(3);
    assertThat(recent.isRare("bob")).isTrue();
  }

  @Test
  void a_busy_key_stays_busy_through_the_next_window_and_no_longer() {
    rareOf(4);
    pass(WINDOW);
    assertThat(rareOf(4)).isZero();

    pass(WINDOW.multipliedBy(2));
    assertThat(rareOf(4)).isEqualTo(3);
  }

  @Test
  void a_rare_key_starts_anew_in_each_window() {
    for (int window = 0; window < 5; window++) {
      assertThat(rareOf(3)).isEqualTo(3);
      pass(WINDOW);
    }
  }

  /** System.nanoTime may start anywhere, and the window's number returns after 24 bits. */
  @ParameterizedTest
  @ValueSource(longs = {Long.MIN_VALUE, -10_000_000_000L, -5, (1L << 24) * 10_000_000_000L - 5})
  void the_clock_may_start_anywhere(long start) {
    nanos.set(start);
    rareOf(4);
    pass(WINDOW);

    assertThat(rareOf(4)).isZero();
  }

  @Test
  void of_a_crowd_that_calls_once_nobody_is_busy() {
    int rare = 0;
    for (int user = 0; user < 100_000; user++) {
      rare += recent.isRare("user-" + user) ? 1 : 0;
    }

    assertThat(rare).as("one in a thousand shares its slot with three").isGreaterThan(99_500);
  }

  @Test
  void a_count_that_does_not_fit_is_refused() {
    assertThatThrownBy(() -> new RecentCalls(255, WINDOW, nanos::get)).hasMessageContaining("255");
  }

  private int rareOf(int calls) {
    int rare = 0;
    for (int call = 0; call < calls; call++) {
      rare += recent.isRare("ann") ? 1 : 0;
    }
    return rare;
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }
}
