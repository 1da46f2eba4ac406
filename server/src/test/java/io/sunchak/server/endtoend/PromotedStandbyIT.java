package io.sunchak.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sunchak.core.Campaign;
import io.sunchak.core.testing.Campaigns;
import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.embedded.directory.DataDirectory;
import io.sunchak.embedded.engine.EngineOptions;
import io.sunchak.embedded.testing.FaultProxy;
import io.sunchak.embedded.testing.PgBouncer;
import io.sunchak.load.ApiClient;
import io.sunchak.server.testing.Api;
import io.sunchak.server.testing.LiveServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A PostgreSQL that dies under load, and its standby in its place, behind a proxy that switches:
 * the drain goes on within ten seconds, and every promise is kept. One that had not received the
 * latest rows is a ledger that was rolled back: it is refilled from Redis.
 */
class PromotedStandbyIT {
  private static final int USERS = 2_000;
  private static final int IDLE = 50;

  /** A head that was read before is doubted within seconds, not after a hundred idle passes. */
  private static final Duration REFILLED = Duration.ofSeconds(30);

  private static final Duration GOES_ON = Duration.ofSeconds(10);

  /** How much the standby has when it is promoted. */
  enum Standing {
    SYNCHRONOUS,
    /** Rows of half the users never reached it. */
    BEHIND
  }

  @ParameterizedTest
  @CsvSource({"SYNCHRONOUS, false", "SYNCHRONOUS, true", "BEHIND, false"})
  void the_drain_goes_on_and_every_promise_is_kept(Standing standing, boolean pooled)
      throws Exception {
    assumeTrue(!pooled || PgBouncer.isInstalled(), PgBouncer.NEEDED);
    Path home = Files.createTempDirectory(Path.of("target"), "promoted-");
    try (DataDirectory data = DataDirectory.ephemeral(Path.of("target"));
        EmbeddedEngines engines = EmbeddedEngines.start(data, EngineOptions.defaults())) {
      PooledRole.prepare(engines);
      try (Standby standby = new Standby(engines, home);
          FaultProxy primary = new FaultProxy(engines.postgres().port());
          @Nullable PgBouncer pooler = pooled ? PgBouncer.before(engines, primary.port()) : null;
          LiveServer server =
              LiveServer.start(
                  engines, settings(pooler == null ? primary.port() : pooler.port(), engines));
          ApiClient client = new ApiClient(server.url(), 32, Duration.ofSeconds(60))) {
        Api api = new Api(server);
        await()
            .atMost(Duration.ofSeconds(60))
            .until(() -> api.get("/actuator/health/readiness").status() == 200);
        Campaign campaign = Campaigns.open(USERS);
        Crowd crowd = new Crowd(campaign, server.signer(), List.of(client)).open();
        // Nobody asks in it any more when the standby is promoted.
        Crowd idle = new Crowd(Campaigns.open(USERS), server.signer(), List.of(client)).open();
        if (standing == Standing.SYNCHRONOUS) {
          standby.makeSynchronous();
        }
        crowd.press(1, USERS / 4).get(120, TimeUnit.SECONDS);
        try (BothSides before = BothSides.of(engines, engines.redisUri())) {
          before.drained(campaign.id());
          await().atMost(GOES_ON).until(() -> rows(standby) == USERS / 4);
          if (standing == Standing.BEHIND) {
            standby.cutOff();
            crowd.press(USERS / 4 + 1, USERS / 2).get(120, TimeUnit.SECONDS);
            idle.press(1, IDLE).get(120, TimeUnit.SECONDS);
            before.drained(campaign.id());
            before.drained(idle.campaign().id());
            assertThat(rows(standby)).isEqualTo(USERS / 4);
          }
        }

        CompletableFuture<Void> rest = crowd.press(USERS / 2 + 1, USERS);
        primary.down();
        standby.promote();
        long promoted = System.nanoTime();
        primary.switchTo(standby.port());
        primary.up();
        await().atMost(GOES_ON).until(() -> rows(standby) > USERS / 2);
        System.getLogger(PromotedStandbyIT.class.getName())
            .log(
                System.Logger.Level.INFO,
                "{0}, pooled {1}: the first new row came {2} ms after the promotion",
                standing,
                pooled,
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - promoted));
        rest.get(120, TimeUnit.SECONDS);
        crowd.press(1, USERS / 2).get(120, TimeUnit.SECONDS);
        try (BothSides after = BothSides.of(engines, engines.redisUri(), standby.jdbcUrl())) {
          assertThat(crowd.assertPromiseKept(after, standing).rows()).hasSize(USERS);
          int held = standing == Standing.BEHIND ? IDLE : 0;
          await().atMost(REFILLED).until(() -> after.cursor(idle.campaign().id()) == held);
          assertThat(idle.assertPromiseKept(after, standing).rows()).hasSize(held);
        }
      }
    }
  }

  private static long rows(Standby standby) throws Exception {
    return Long.parseLong(standby.ask("SELECT count(*) FROM coupon"));
  }

  private static Map<String, String> settings(int ledger, EmbeddedEngines engines) {
    return Map.of(
        "sunchak.postgres.url",
        "jdbc:postgresql://127.0.0.1:" + ledger + "/sunchak",
        "sunchak.postgres.owner.url",
        engines.jdbcUrl());
  }
}
