package io.sunchak.server.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import io.sunchak.core.CampaignId;
import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.embedded.directory.DataDirectory;
import io.sunchak.server.endtoend.BlockedDrain;
import io.sunchak.server.endtoend.BothSides;
import io.sunchak.server.endtoend.LosableRedis;
import io.sunchak.server.endtoend.LosableRedis.Loss;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/**
 * The one loss that nobody can mend: a node said yes and died, and Redis lost what it had said.
 * Whoever then repairs the campaign says of how many users that is true, wherever a person looks.
 */
@ExtendWith(PagesExtension.class)
class MissingUsersIT {
  private static final int STORED = 7;
  private static final int LOST = 5;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** A ledger of its own: the campaigns of other tests are not to be repaired. */
  @AutoClose private final DataDirectory data = DataDirectory.ephemeral(Path.of("target"));

  @AutoClose private final EmbeddedEngines engines = EmbeddedEngines.start(data);

  @ParameterizedTest
  @EnumSource
  void of_a_dead_node_s_promises_that_redis_lost_alarm_answers_and_page_say_how_many(
      Loss loss, Visits visits) throws Exception {
    String campaign = "missing-" + loss.name().toLowerCase(Locale.ROOT).replace('_', '-');
    Path home =
        Files.createTempDirectory(Files.createDirectories(Path.of("target/pages")), "missing-")
            .toAbsolutePath();
    try (LosableRedis redis = new LosableRedis(engines, home)) {
      promiseAndDie(home.resolve("dying"), redis, campaign);
      redis.lose(loss);
      try (Shop living = node(home.resolve("living"), redis)) {
        assertAlarmTells(living, campaign);
        assertAnswersTell(living, campaign);
        assertPagesTell(living, visits, campaign);
      }
    }
  }

  private void promiseAndDie(Path at, LosableRedis redis, String campaign) throws Exception {
    try (Shop dying = node(at, redis);
        BothSides sides = BothSides.of(engines, redis.uri())) {
      dying.create(campaign, "A coffee on us", 1_000);
      issue(dying, campaign, 1, STORED);
      sides.drained(new CampaignId(campaign));
      redis.keepCopy();
      try (var _ = BlockedDrain.of(engines)) {
        issue(dying, campaign, STORED + 1, STORED + LOST);
        await("it has told the others how far it promised")
            .atMost(PATIENCE)
            .until(() -> sighted(campaign) == STORED + LOST);
        dying.kill();
      }
    }
  }

  private static void issue(Shop shop, String campaign, int from, int to) {
    IntStream.rangeClosed(from, to)
        .forEach(
            i -> assertThat(shop.issue(campaign, "u" + i).path("sequence").asInt()).isEqualTo(i));
  }

  private static void assertAlarmTells(Shop shop, String campaign) {
    await("the alarm")
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThat(shop.alarms())
                .anyMatch(alarm ->
                    alarm.contains("campaign " + campaign)
                        && alarm.contains("up to 5 acknowledged after number 7 may be missing;")));
  }

  private static void assertAnswersTell(Shop shop, String campaign) {
    JsonNode repairs = shop.read("/api/v1/admin/repairs");
    JsonNode ours = shop.read("/api/v1/admin/campaigns/" + campaign + "/repairs");
    JsonNode summary = ours.path("summary");

    assertThat(summary.path("missing").path("upTo").asInt()).isEqualTo(LOST);
    assertThat(summary.path("missing").path("after").asInt()).isEqualTo(STORED);
    assertThat(summary.path("needsPerson").asBoolean()).isTrue();
    assertThat(repairs.path("items"))
        .filteredOn(one -> one.path("campaignId").asString().equals(campaign))
        .singleElement()
        .satisfies(listed -> {
          assertThat(listed.path("missing")).isEqualTo(summary.path("missing"));
          assertThat(listed.path("nodes")).isEqualTo(summary.path("nodes"));
          assertThat(listed.path("counts").has("SILENT")).as("told once a node").isFalse();
        });
    assertThat(repairs.path("silent"))
        .filteredOn(silent -> silent.path("node").equals(summary.path("nodes").path(0)))
        .singleElement()
        .satisfies(silent -> assertThat(silent.path("campaigns").asInt()).isEqualTo(1));
    assertThat(ours.path("items"))
        .extracting(item -> item.path("kind").asString())
        .containsExactlyInAnyOrder("UNACCOUNTED", "SILENT");
    assertThat(ours.path("items"))
        .extracting(item -> item.path("node").asString())
        .as("the dead one")
        .doesNotContain("")
        .hasSize(2)
        .containsOnly(summary.path("nodes").path(0).asString());
  }

  private static void assertPagesTell(Shop shop, Visits visits, String campaign) {
    Locator korean = visits.admin(shop, Look.KOREAN, "consistency").row(campaign).first();
    assertThat(korean).containsText("7번 이후에 수락 응답을 받은 사용자 중 최대 5명이 누락됐을 수 있습니다.");
    Locator english = visits.admin(shop, Look.ENGLISH, "consistency").row(campaign).first();
    assertThat(english)
        .containsText("up to 5 users whose issue was accepted after number 7 may be missing;");
  }

  /** The highest number of the campaign that a node has told of. */
  private long sighted(String campaign) throws SQLException {
    try (Connection session =
            DriverManager.getConnection(
                engines.jdbcUrl(), engines.postgresUser(), engines.postgresPassword());
        PreparedStatement asked =
            session.prepareStatement(
                "SELECT coalesce(max(seq), 0) FROM sighting WHERE campaign_id = ?")) {
      asked.setString(1, campaign);
      try (ResultSet row = asked.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  private Shop node(Path at, LosableRedis redis) throws Exception {
    return Shop.on(
        at,
        List.of("--redis-url", redis.uri(), "--postgres-url", engines.jdbcUrl()),
        Map.of(
            "SUNCHAK_TOKEN_SECRET",
            "of the servers of the missing users, long enough",
            "SUNCHAK_POSTGRES_USER",
            engines.postgresOwner().user(),
            "SUNCHAK_POSTGRES_PASSWORD",
            engines.postgresOwner().password()));
  }
}
