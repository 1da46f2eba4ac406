package io.sunchak.chaos.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Series of figures: what stands still does not grow, what leaks does, and outliers decide nothing.
 */
class ResourceTest {
  private static final long MEGA = 1 << 20;
  private static final int SAMPLES = 60;
  private static final long COUPONS = 500;

  @ParameterizedTest
  @EnumSource
  void what_stands_still_does_not_grow(Resource resource) {
    assertThat(resource.grows(samples(i -> 100 * MEGA))).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void what_falls_does_not_grow(Resource resource) {
    assertThat(resource.grows(samples(i -> (200 - i) * MEGA))).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void a_leak_in_every_campaign_grows(Resource resource) {
    assertThat(resource.grows(samples(i -> (100 + i) * MEGA))).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void outliers_decide_nothing(Resource resource) {
    assertThat(resource.grows(samples(i -> i % 7 == 6 ? 900 * MEGA : 100 * MEGA))).isFalse();
  }

  @Test
  void a_descriptor_that_each_campaign_leaves_open_is_found() {
    assertThat(Resource.DESCRIPTORS.grows(samples(i -> 120 + i))).isTrue();
    assertThat(Resource.DESCRIPTORS.grows(samples(i -> 120 + i % 8))).isFalse();
  }

  @Test
  void holders_of_closed_campaigns_are_no_leak_of_redis() {
    assertThat(Resource.REDIS.grows(samples(i -> 80 * COUPONS * i))).isFalse();
    assertThat(Resource.REDIS.grows(samples(i -> 400 * COUPONS * i))).isTrue();
  }

  @Test
  void a_slope_is_told_for_an_hour() {
    assertThat(Resource.HEAP.line(samples(i -> i * MEGA)))
        .contains("heap after a full collection", "+629,145,600 an hour");
  }

  /** A sample every six seconds, with this figure in every place. */
  private static List<Sample> samples(IntToLongFunction figure) {
    return IntStream.range(0, SAMPLES)
        .mapToObj(i -> {
          long value = figure.applyAsLong(i);
          return new Sample(
              Duration.ofSeconds(6L * i), value, value, value, value, value, COUPONS * i);
        })
        .toList();
  }
}
