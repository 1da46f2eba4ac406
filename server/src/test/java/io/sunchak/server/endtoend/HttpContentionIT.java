package io.sunchak.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.sunchak.core.Campaign;
import io.sunchak.core.testing.Campaigns;
import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.load.ApiClient;
import io.sunchak.server.testing.LiveServer;
import io.sunchak.server.testing.ServerExtension;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Two servers on one Redis and one PostgreSQL, asked over HTTP by twenty times as many users as
 * there are coupons, each three times at once, on whichever server. {@code -Dsunchak.seed=s} plays
 * an earlier run's rounds.
 */
@Timeout(300)
@ExtendWith(ServerExtension.class)
class HttpContentionIT {
  private static final int ROUNDS = 10;
  private static final int TRIES = 3;
  private static final long SEED =
      Long.getLong("sunchak.seed", ThreadLocalRandom.current().nextInt(1_000_000));

  @Test
  void two_servers_give_the_stock_exactly_once(LiveServer one, EmbeddedEngines engines)
      throws Exception {
    try (LiveServer two = LiveServer.start(engines);
        ApiClient first = new ApiClient(one.url(), 64, Duration.ofSeconds(30));
        ApiClient second = new ApiClient(two.url(), 64, Duration.ofSeconds(30));
        BothSides sides = BothSides.of(engines)) {
      for (int round = 0; round < ROUNDS; round++) {
        long seed = SEED + round;
        int stock = 50 + new Random(seed).nextInt(101);
        Campaign campaign = Campaigns.open(stock);
        Crowd crowd = new Crowd(campaign, one.signer(), List.of(first, second)).open();
        CompletableFuture<?>[] tries =
            IntStream.range(0, TRIES)
                .mapToObj(i -> crowd.press(1, 20 * stock))
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(tries).get(120, TimeUnit.SECONDS);

        assertThat(crowd.assertPromiseKept(sides, seed).rows()).hasSize(stock);
      }
    }
  }
}
