package io.sunchak.server.alarms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sunchak.core.CampaignId;
import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.embedded.testing.FaultProxy;
import io.sunchak.server.testing.Api;
import io.sunchak.server.testing.Call;
import io.sunchak.server.testing.LiveServer;
import io.sunchak.server.testing.Poison;
import io.sunchak.server.testing.ServerExtension;
import io.sunchak.server.testing.Webhook;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * {@code sunchak.alarm.url}: what needs a person arrives at a webhook. Another node drains the same
 * campaigns and tells nobody, so a test goes on until this one had its turn.
 */
@ExtendWith(ServerExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AlarmIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Webhook webhook;
  private final LiveServer server;
  private final Api api;
  private final EmbeddedEngines engines;

  AlarmIT(EmbeddedEngines engines) throws IOException {
    this.engines = engines;
    webhook = new Webhook();
    server =
        LiveServer.start(
            engines, Map.of("sunchak.alarm.url", webhook.url(), "sunchak.alarm.pause", "10ms"));
    api = new Api(server);
  }

  @AfterAll
  void stop() {
    server.close();
    webhook.close();
  }

  @Test
  void a_reservation_that_is_kept_as_a_failure_is_told_with_user_number_and_reason() {
    issueUntil(
        "alarm-kept",
        "good",
        alarm ->
            alarm.startsWith("{\"text\":\"")
                && alarm.matches(
                    ".*user `bad\\d+`, campaign alarm-kept, number \\d+: .*poisoned.*"));

    await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThat(api.admin(Call.get("/actuator/prometheus")).text().lines())
                .anyMatch(line -> line.matches("sunchak_alarms_total\\{result=\"sent\"} [1-9].*"))
                .anyMatch(line -> line.matches("sunchak_alarms_total\\{result=\"failed\"} 0.*")));
  }

  @Test
  void a_drain_that_stops_for_good_is_told_once() {
    issueUntil(
        "alarm-stopped",
        "bad",
        alarm ->
            alarm.contains(
                "the drain of campaign alarm-stopped has stopped and needs an operator"));

    // All that came before may be kept as failures by now: the drain tries again by itself.
    api.issue("alarm-stopped", "good").is(202);
    await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThat(
                    api.admin(Call.get(Api.ADMIN + "/alarm-stopped/issues?limit=1000"))
                        .json()
                        .path("items"))
                .as("drained again once the ledger takes it")
                .isNotEmpty());
    assertThat(
            webhook.alarms().stream().filter(alarm -> alarm.contains("alarm-stopped has stopped")))
        .hasSize(1);
  }

  @Test
  void an_engine_that_cannot_be_reached_is_told_and_shown() {
    try (FaultProxy redis = new FaultProxy(engines.redis().port());
        LiveServer away =
            LiveServer.start(
                engines,
                Map.of(
                    "sunchak.redis.url",
                    engines
                        .redisServerUri()
                        .replace(":" + engines.redis().port(), ":" + redis.port()),
                    "sunchak.alarm.url",
                    webhook.url(),
                    "sunchak.alarm.pause",
                    "10ms"))) {
      Api its = new Api(away);
      awaitMetric(its, "sunchak_engine_up\\{engine=\"redis\"} 1.*");

      redis.down();
      await()
          .atMost(PATIENCE)
          .until(() -> webhook.alarms().stream().anyMatch(a -> a.contains("1 of its engines")));
      awaitMetric(its, "sunchak_engine_up\\{engine=\"redis\"} 0.*");
      awaitMetric(its, "sunchak_engine_up\\{engine=\"postgres\"} 1.*");
      redis.up();
      awaitMetric(its, "sunchak_engine_up\\{engine=\"redis\"} 1.*");
    }
  }

  private static void awaitMetric(Api api, String line) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThat(api.admin(Call.get("/actuator/prometheus")).text().lines())
                .anyMatch(one -> one.matches(line)));
  }

  /** Issues to a poisoned user and to another one, in turn, until such an alarm came. */
  private void issueUntil(String campaign, String other, Predicate<String> alarm) {
    api.create(campaign, null);
    AtomicInteger users = new AtomicInteger();
    try (var _ = Poison.of(engines, new CampaignId(campaign), "bad%")) {
      await()
          .atMost(PATIENCE)
          .until(() -> {
            api.issue(campaign, "bad" + users.incrementAndGet()).is(202);
            api.issue(campaign, other + users.incrementAndGet()).is(202);
            return webhook.alarms().stream().anyMatch(alarm);
          });
    }
  }
}
