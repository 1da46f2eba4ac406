package io.sunchak.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sunchak.core.Campaign;
import io.sunchak.core.testing.Campaigns;
import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.embedded.directory.DataDirectory;
import io.sunchak.embedded.testing.PgBouncer;
import io.sunchak.load.ApiClient;
import io.sunchak.server.endtoend.LosableRedis.Loss;
import io.sunchak.server.testing.Api;
import io.sunchak.server.testing.LiveServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/**
 * Two nodes that reach the ledger through PgBouncer in transaction mode, which has fewer sessions.
 */
class PooledDropIT {
  private static final int USERS = 1_000;
  private static final int STOCK = 600;

  /**
   * A ledger of its own: a Redis without the campaigns of other tests would be filled with them.
   */
  @AutoClose private final DataDirectory data = DataDirectory.ephemeral(Path.of("target"));

  @AutoClose private final EmbeddedEngines engines = EmbeddedEngines.start(data);

  @Test
  void a_drop_a_raise_and_a_lost_redis_keep_the_promise() throws Exception {
    assumeTrue(PgBouncer.isInstalled(), PgBouncer.NEEDED);
    PooledRole.prepare(engines);
    Path home = Files.createTempDirectory(Path.of("target"), "pooled-");
    try (PgBouncer pooler = PgBouncer.before(engines, engines.postgres().port());
        LosableRedis redis = new LosableRedis(engines, home);
        LiveServer one = LiveServer.start(engines, settings(engines, pooler, redis));
        LiveServer two = LiveServer.start(engines, settings(engines, pooler, redis));
        BothSides sides = BothSides.of(engines, redis.uri());
        ApiClient first = new ApiClient(one.url(), 32, Duration.ofSeconds(60));
        ApiClient second = new ApiClient(two.url(), 32, Duration.ofSeconds(60))) {
      Api api = new Api(one);
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> api.get("/actuator/health/readiness").status() == 200);
      Campaign campaign = Campaigns.open(STOCK / 2);
      Crowd crowd = new Crowd(campaign, one.signer(), List.of(first, second)).open();
      crowd.press(1, STOCK / 4).get(120, TimeUnit.SECONDS);
      api.patch(campaign.id().value(), Map.of("totalStock", STOCK)).is(200);
      crowd
          .at(STOCK / 2, () -> Thread.startVirtualThread(() -> lose(redis)))
          .press(STOCK / 4 + 1, USERS)
          .get(120, TimeUnit.SECONDS);
      assertThat(crowd.assertPromiseKept(sides, "pooled").rows()).hasSize(STOCK);
    }
  }

  private static void lose(LosableRedis redis) {
    try {
      redis.lose(Loss.FLUSHED);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, String> settings(
      EmbeddedEngines engines, PgBouncer pooler, LosableRedis redis) {
    return Map.of(
        "sunchak.redis.url", redis.uri(),
        "sunchak.postgres.url", "jdbc:postgresql://127.0.0.1:" + pooler.port() + "/sunchak",
        "sunchak.postgres.owner.url", engines.jdbcUrl());
  }
}
