package io.sunchak.lab.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import io.sunchak.core.testing.Campaigns;
import io.sunchak.core.testing.Contention;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** V1: as right as the others, by far the slowest. */
final class DistributedLockIssuerIT extends StrategyContract {
  DistributedLockIssuerIT() {
    super(Strategy.V1, Stack.SERVLET);
  }

  /** Fewer than elsewhere, because all of them stand in one line. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  @Override
  public void many_users_at_once_exhaust_the_stock_exactly(long seed) {
    Contention contention = new Contention(seed, Campaigns.open(10), 10, 100, 2);
    stage().create(contention.campaign());
    contention.fire(nodes()).assertExhausted();
    assertThat(stage().drained(contention.campaign().id()).rows()).hasSize(contention.stock());
  }
}
