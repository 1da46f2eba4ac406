package io.sunchak.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sunchak.core.Campaign;
import io.sunchak.core.Coupon;
import io.sunchak.core.ledger.CouponLedger.Failure;
import io.sunchak.core.testing.Campaigns;
import io.sunchak.core.testing.IssueStage;
import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.embedded.directory.DataDirectory;
import io.sunchak.load.ApiClient;
import io.sunchak.server.endtoend.LosableRedis.Loss;
import io.sunchak.server.testing.Poison;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** A resync must put back what the drain has not stored, and the ledger refuses a row of it. */
class RefusedByTheLedgerIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration CALL = Duration.ofSeconds(10);

  /** A ledger of its own: the campaigns of other tests are not to be repaired. */
  @AutoClose private final DataDirectory data = DataDirectory.ephemeral(Path.of("target"));

  @AutoClose private final EmbeddedEngines engines = EmbeddedEngines.start(data);

  @Test
  void a_row_that_a_trigger_refuses_is_kept_and_the_campaign_is_served_again() throws Exception {
    Campaign campaign = Campaigns.open(10);
    Path home =
        Files.createTempDirectory(Files.createDirectories(Path.of("target/refused")), "home-")
            .toAbsolutePath();
    try (LosableRedis redis = new LosableRedis(engines, home);
        RunningStart server = RunningStart.on(home.resolve("node"), urls(redis), environment());
        ApiClient client = new ApiClient(server.awaitReady().url(), 4, CALL);
        BothSides sides = BothSides.of(engines, redis.uri())) {
      Crowd crowd = new Crowd(campaign, server.signer(), List.of(client)).open();
      try (var _ = Poison.of(engines, campaign.id(), "u2")) {
        try (BlockedDrain blocked = BlockedDrain.of(engines)) {
          crowd.press(1, 3).get(60, TimeUnit.SECONDS);
          long epoch = epoch(sides, campaign);
          redis.lose(Loss.FLUSHED);
          CompletableFuture<Void> again = crowd.press(1, 4);
          await("the resync has overtaken the drain")
              .atMost(PATIENCE)
              .until(() -> epoch(sides, campaign) > epoch);
          blocked.release();
          again.get(150, TimeUnit.SECONDS);
        }

        IssueStage.Stored stored = sides.drained(campaign.id());
        assertThat(stored.rows()).extracting(Coupon::user).doesNotContain("u2").hasSize(3);
        assertThat(stored.failures()).extracting(Failure::user).containsExactly("u2");
        assertThat(stored.failures())
            .allMatch(kept -> kept.reason().contains(Poison.REASON) && kept.state().equals("OPEN"));
        assertThat(sides.disagreements(campaign.id())).isEmpty();
      }
    }
  }

  private static long epoch(BothSides sides, Campaign campaign) {
    return sides.campaigns().head(campaign.id()).orElseThrow().epoch();
  }

  private List<String> urls(LosableRedis redis) {
    return List.of("--redis-url", redis.uri(), "--postgres-url", engines.jdbcUrl());
  }

  private Map<String, String> environment() {
    return Map.of(
        "SUNCHAK_TOKEN_SECRET",
        "of the server whose ledger refuses, long enough",
        "SUNCHAK_POSTGRES_USER",
        engines.postgresOwner().user(),
        "SUNCHAK_POSTGRES_PASSWORD",
        engines.postgresOwner().password());
  }
}
