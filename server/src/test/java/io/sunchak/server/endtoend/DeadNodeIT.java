package io.sunchak.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.sunchak.core.Campaign;
import io.sunchak.core.testing.Campaigns;
import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.embedded.directory.DataDirectory;
import io.sunchak.load.ApiClient;
import io.sunchak.server.endtoend.LosableRedis.Loss;
import io.sunchak.server.testing.Api;
import io.sunchak.server.testing.Call;
import io.sunchak.server.testing.LiveServer;
import io.sunchak.server.testing.Webhook;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/**
 * The node that acknowledged is killed, and Redis loses what it could not drain: nobody can name
 * these users any more. Alarm, list of repairs and the campaign's entries say how many they are.
 */
@Timeout(300)
class DeadNodeIT {
  private static final int DRAINED = 5;
  private static final int LOST = 3;
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @AutoClose private final DataDirectory data = DataDirectory.ephemeral(Path.of("target"));

  @AutoClose private final EmbeddedEngines engines = EmbeddedEngines.start(data);

  private final Campaign campaign = Campaigns.open(100);

  @Test
  void says_how_many_may_be_missing_after_which_number() throws Exception {
    Path home =
        Files.createTempDirectory(Files.createDirectories(Path.of("target/dead-node")), "home-")
            .toAbsolutePath();
    try (LosableRedis redis = new LosableRedis(engines, home);
        Webhook webhook = new Webhook()) {
      issueAndDie(redis, home);
      redis.lose(Loss.FLUSHED);
      try (LiveServer living = LiveServer.start(engines, settings(redis, webhook))) {
        assertSaid(new Api(living), webhook);
      }
    }
  }

  private void issueAndDie(LosableRedis redis, Path home) throws Exception {
    try (RunningStart node =
            RunningStart.on(home.resolve("node"), engineUrls(redis), environment());
        ApiClient client = new ApiClient(node.awaitReady().url(), LOST, Duration.ofSeconds(10));
        BothSides sides = BothSides.of(engines, redis.uri())) {
      Crowd crowd = new Crowd(campaign, node.signer(), List.of(client)).open();
      crowd.press(1, DRAINED).get(60, TimeUnit.SECONDS);
      sides.drained(campaign.id());
      try (BlockedDrain blocked = BlockedDrain.of(engines)) {
        crowd.press(DRAINED + 1, DRAINED + LOST).get(60, TimeUnit.SECONDS);
        await("the node has reported its highest promise")
            .atMost(LIMIT)
            .until(() -> reported() == DRAINED + LOST);
        node.process().kill();
        blocked.release();
      }
    }
  }

  /** The highest number of which the node has told the ledger. */
  private long reported() throws SQLException {
    try (Connection ledger =
            DriverManager.getConnection(
                engines.jdbcUrl(), engines.postgresUser(), engines.postgresPassword());
        ResultSet row =
            ledger.createStatement().executeQuery("SELECT coalesce(max(seq), 0) FROM sighting")) {
      row.next();
      return row.getLong(1);
    }
  }

  private void assertSaid(Api api, Webhook webhook) {
    String id = campaign.id().value();
    String missing =
        "up to %d acknowledged after number %d may be missing".formatted(LOST, DRAINED);
    await()
        .atMost(LIMIT)
        .untilAsserted(() ->
            assertThat(webhook.alarms())
                .anyMatch(alarm -> alarm.contains(id) && alarm.contains(missing))
                .anyMatch(alarm -> alarm.contains("did not hand over what it promised")));

    JsonNode repairs = api.admin(Call.get("/api/v1/admin/repairs")).is(200).json();
    JsonNode repair = repairs.path("items").path(0);
    assertThat(repair.path("campaignId").asString()).isEqualTo(id);
    assertThat(repair.path("missing").path("upTo").asInt()).isEqualTo(LOST);
    assertThat(repair.path("missing").path("after").asInt()).isEqualTo(DRAINED);
    assertThat(repair.path("needsPerson").asBoolean()).isTrue();
    String dead = repair.path("nodes").path(0).asString();
    assertThat(repairs.path("silent"))
        .singleElement()
        .satisfies(silent -> assertThat(silent.path("node").asString()).isEqualTo(dead));

    JsonNode entries = api.admin(Call.get(Api.ADMIN + "/" + id + "/repairs")).is(200).json();
    assertThat(entries.path("items"))
        .extracting(
            one -> one.path("kind").asString(),
            one -> one.path("node").asString(),
            one -> one.path("claimed").asInt(),
            one -> one.path("settled").asInt())
        .containsExactlyInAnyOrder(
            tuple("UNACCOUNTED", dead, DRAINED + LOST, DRAINED), tuple("SILENT", dead, 0, DRAINED));
  }

  private static Map<String, String> settings(LosableRedis redis, Webhook webhook) {
    return Map.of(
        "sunchak.redis.url",
        redis.uri(),
        "sunchak.alarm.url",
        webhook.url(),
        "sunchak.alarm.pause",
        "10ms");
  }

  private List<String> engineUrls(LosableRedis redis) {
    return List.of("--redis-url", redis.uri(), "--postgres-url", engines.jdbcUrl());
  }

  private Map<String, String> environment() {
    return Map.of(
        "SUNCHAK_TOKEN_SECRET",
        LiveServer.TOKEN_SECRET,
        "SUNCHAK_POSTGRES_USER",
        engines.postgresOwner().user(),
        "SUNCHAK_POSTGRES_PASSWORD",
        engines.postgresOwner().password());
  }
}
