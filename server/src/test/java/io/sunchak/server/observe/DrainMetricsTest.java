package io.sunchak.server.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sunchak.core.CampaignId;
import io.sunchak.core.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Each figure by its value. */
final class DrainMetricsTest {
  private static final CampaignId ONE = new CampaignId("one");
  private static final CampaignId TWO = new CampaignId("two");

  private final SettableClock clock = new SettableClock();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private boolean redisUp = true;
  private final DrainMetrics metrics =
      new DrainMetrics(registry, () -> redisUp, new DrainTrouble(alarm -> {}, clock), clock);

  @Test
  void the_lag_is_the_age_of_the_oldest_in_any_log_and_grows_while_nothing_moves() {
    metrics.onBacklog(ONE, 3, ago(7));
    metrics.onBacklog(TWO, 1, ago(2));
    assertThat(figure("sunchak.lag.seconds")).isEqualTo(7);
    assertThat(figure("sunchak.backlog")).isEqualTo(4);

    clock.advance(Duration.ofSeconds(5));
    assertThat(figure("sunchak.lag.seconds")).isEqualTo(12);

    metrics.onBacklog(ONE, 0, null);
    assertThat(figure("sunchak.lag.seconds")).isEqualTo(7);
    metrics.onBacklog(TWO, 0, null);
    assertThat(figure("sunchak.lag.seconds")).isZero();
    assertThat(figure("sunchak.backlog")).isZero();
  }

  @Test
  void of_the_batches_committed_last_the_oldest_counts_whichever_came_last() {
    metrics.onBacklog(ONE, 1, ago(9));
    metrics.onBatch(ONE, 1, 1, 9);
    metrics.onBacklog(TWO, 1, ago(1));
    metrics.onBatch(TWO, 1, 1, 1);
    assertThat(figure("sunchak.drain.lag.seconds")).isEqualTo(9);

    metrics.onBacklog(ONE, 0, null);
    assertThat(figure("sunchak.drain.lag.seconds")).isEqualTo(1);
  }

  @Test
  void while_redis_is_away_nothing_is_known_and_no_number_is_told() {
    metrics.onBacklog(ONE, 3, ago(7));
    metrics.onBatch(ONE, 1, 1, 9);
    redisUp = false;
    assertThat(figure("sunchak.lag.seconds")).isNaN();
    assertThat(figure("sunchak.drain.lag.seconds")).isNaN();
    assertThat(figure("sunchak.backlog")).isNaN();
    redisUp = true;
    assertThat(figure("sunchak.lag.seconds")).isEqualTo(7);
  }

  private Instant ago(int seconds) {
    return clock.instant().minusSeconds(seconds);
  }

  private double figure(String name) {
    return registry.get(name).gauge().value();
  }
}
