package io.sunchak.bench.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WarmUpTest {
  @Test
  void it_lasts_at_least_as_long_as_asked_however_steady_the_rate_is() {
    WarmUp warmUp = new WarmUp(5);
    assertThat(seconds(warmUp, 100)).isEqualTo(5);
  }

  @Test
  void it_goes_on_while_the_rate_still_rises() {
    WarmUp warmUp = new WarmUp(4);
    assertThat(seconds(warmUp, 100, 200, 300, 400, 500, 510, 520)).isEqualTo(7);
    assertThat(warmUp.last()).isEqualTo(520);
  }

  @Test
  void it_ends_after_twice_the_time_where_nothing_becomes_steady() {
    WarmUp warmUp = new WarmUp(3);
    assertThat(seconds(warmUp, 1, 2, 4, 8, 16, 32, 64, 128)).isEqualTo(6);
  }

  @Test
  void none_is_asked_for_where_none_is_wanted() {
    assertThat(seconds(new WarmUp(0), 100)).isZero();
  }

  /** How many it took; the last rate stays. */
  private static int seconds(WarmUp warmUp, double... rates) {
    int taken = 0;
    while (warmUp.goOn()) {
      warmUp.add(rates[Math.min(taken, rates.length - 1)]);
      taken++;
    }
    return taken;
  }
}
