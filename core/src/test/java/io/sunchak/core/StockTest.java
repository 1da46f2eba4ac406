package io.sunchak.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StockTest {

  @ParameterizedTest
  @ValueSource(longs = {1, 600, Stock.MAX})
  void a_stock_covers_its_last_coupon_and_not_the_next(long total) {
    assertThat(Stock.of(total).covers(total)).isTrue();
    assertThat(Stock.of(total).covers(total + 1)).isFalse();
    assertThat(Stock.of(total).isUnlimited()).isFalse();
  }

  @Test
  void unlimited_stock_covers_every_coupon() {
    assertThat(Stock.unlimited().isUnlimited()).isTrue();
    assertThat(Stock.unlimited().covers(Long.MAX_VALUE)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, Long.MIN_VALUE, Stock.MAX + 1, Long.MAX_VALUE})
  void a_total_of_none_or_of_too_many_is_refused(long total) {
    assertThatIllegalArgumentException().isThrownBy(() -> Stock.of(total));
  }

  @Test
  void the_largest_stock_is_a_whole_number_in_lua_too() {
    assertThat(Stock.MAX).isLessThan(1L << 53);
  }
}
