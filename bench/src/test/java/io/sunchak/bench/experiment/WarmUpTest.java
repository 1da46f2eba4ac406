package io.sunchak.bench.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class WarmUpTest {
  @Test
  void it_lasts_at_least_as_long_as_asked_however_steady_the_rate_is() {
    WarmUp warmUp = new WarmUp(15);
    assertThat(seconds(warmUp, 100)).isEqualTo(15);
  }

  @Test
  void it_goes_on_while_the_rate_still_rises() {
    WarmUp warmUp = new WarmUp(10);
    assertThat(seconds(warmUp, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 1030, 1040))
        .isEqualTo(13);
    assertThat(warmUp.last()).isEqualTo(1040);
  }

  @Test
  void it_ends_after_twice_the_time_where_nothing_becomes_steady() {
    WarmUp warmUp = new WarmUp(10);
    double[] doubling = DoubleStream.iterate(1, rate -> rate * 2).limit(30).toArray();
    assertThat(seconds(warmUp, doubling)).isEqualTo(20);
  }

  @Test
  void a_short_one_is_for_a_quick_look_and_not_waited_for() {
    assertThat(seconds(new WarmUp(5), 1, 2, 4, 8, 16, 32, 64)).isEqualTo(5);
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
