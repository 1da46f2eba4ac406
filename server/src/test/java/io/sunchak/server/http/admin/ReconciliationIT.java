package io.sunchak.server.http.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.RedisClient;
import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.server.testing.Answer;
import io.sunchak.server.testing.Api;
import io.sunchak.server.testing.Call;
import io.sunchak.server.testing.EventStream;
import io.sunchak.server.testing.ServerExtension;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** Redis against the ledger, on demand, with a Redis that somebody wrote into by hand. */
@ExtendWith(ServerExtension.class)
class ReconciliationIT {
  private static final String RECONCILIATIONS = "/api/v1/admin/reconciliations";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Api api;
  private final RedisClient redis;

  ReconciliationIT(Api api, EmbeddedEngines engines) {
    this.api = api;
    this.redis = RedisClient.create(engines.redisUri());
  }

  @AfterEach
  void disconnect() {
    redis.shutdown();
  }

  @Test
  void both_sides_agree_when_nobody_meddled() {
    issued("compared", "ann", "bob", "cid");

    JsonNode compared = reconcile("compared");

    assertThat(compared.path("verdict").asString()).isEqualTo("AGREES");
    assertThat(compared.path("redisIssued").asLong()).isEqualTo(3);
    assertThat(compared.path("redisSequence").asLong()).isEqualTo(3);
    assertThat(compared.path("ledgerRows").asLong()).isEqualTo(3);
    assertThat(compared.path("ledgerCursor").asLong()).isEqualTo(3);
    assertThat(compared.path("gaps").asLong()).isZero();
    assertThat(compared.path("drift")).isEmpty();
    assertThat(api.admin(Call.get("/api/v1/admin/audit?campaign=compared")).json().path("items"))
        .anyMatch(act -> act.path("action").asString().equals("RECONCILED"));
  }

  @Test
  void users_with_each_others_number_are_both_found_once() throws IOException {
    issued("compared-swap", "ann", "bob", "cid");
    write("compared-swap", Map.of("ann", "2", "bob", "1"));

    JsonNode compared = reconcile("compared-swap");

    assertThat(compared.path("verdict").asString()).isEqualTo("DRIFT");
    assertThat(drift(compared))
        .containsExactlyInAnyOrder("RENUMBERED ann 2 1", "RENUMBERED bob 1 2");
    assertThat(compared.path("driftCount").asLong()).isEqualTo(2);
    awaitAlarm("compared-swap", true);
    write("compared-swap", Map.of("ann", "1", "bob", "2"));
    awaitAlarm("compared-swap", false);
    assertThat(reconcile("compared-swap").path("verdict").asString()).isEqualTo("AGREES");
  }

  @Test
  void a_user_in_anothers_place_is_missing_on_one_side_each() {
    issued("compared-ghost", "ann", "bob", "cid");
    try (var connection = redis.connect()) {
      connection.sync().multi();
      connection.sync().hdel("{c:compared-ghost}:issued", "ann");
      connection.sync().hset("{c:compared-ghost}:issued", "ghost", "1");
      connection.sync().exec();
    }

    assertThat(drift(reconcile("compared-ghost")))
        .containsExactlyInAnyOrder("NOT_IN_REDIS ann - 1", "NOT_IN_LEDGER ghost 1 -");
  }

  @Test
  void all_campaigns_are_compared_when_none_is_named() {
    issued("compared-too", "ann");

    String run = started(Map.of());

    assertThat(done(run).path("campaigns"))
        .anyMatch(one -> one.path("campaignId").asString().equals("compared-too"));
  }

  @Test
  void what_cannot_be_meant_is_refused() {
    api.admin(Call.post(RECONCILIATIONS).json(Map.of("campaignId", "nobodys")))
        .is(404, "CAMPAIGN_NOT_FOUND");
    api.admin(Call.post(RECONCILIATIONS).json(Map.of("campaignId", "A"))).is(400, "INVALID");
    api.admin(Call.post(RECONCILIATIONS).json(Map.of("campaignId", 1))).is(400, "MALFORMED");
    api.admin(Call.post(RECONCILIATIONS).json(Map.of("campaign", "a"))).is(400, "MALFORMED");
    api.admin(Call.get(RECONCILIATIONS + "/none")).is(404, "NOT_FOUND");
  }

  /** It comes by itself, and goes by itself once the drift is gone. */
  private void awaitAlarm(String campaign, boolean stands) throws IOException {
    try (EventStream events = EventStream.of(api.server(), "/api/v1/admin/stream")) {
      int ticks = 0;
      while (hasAlarm(events.next(), campaign) != stands && ticks < PATIENCE.toSeconds()) {
        ticks++;
      }
      assertThat(hasAlarm(events.next(), campaign)).isEqualTo(stands);
    }
  }

  private static boolean hasAlarm(JsonNode snapshot, String campaign) {
    for (JsonNode alarm : snapshot.path("alarms")) {
      if (alarm.path("campaignId").asString("").equals(campaign)) {
        return alarm.path("kind").asString().equals("DRIFT") && alarm.path("value").asLong() == 2;
      }
    }
    return false;
  }

  private void issued(String campaign, String... users) {
    api.create(campaign, 100);
    for (String user : users) {
      api.issue(campaign, user).is(202);
    }
    await()
        .atMost(PATIENCE)
        .until(() ->
            api.admin(Call.get(Api.ADMIN + "/" + campaign + "/issues")).json().path("items").size()
                == users.length);
  }

  private void write(String campaign, Map<String, String> issued) {
    try (var connection = redis.connect()) {
      connection.sync().hset("{c:" + campaign + "}:issued", issued);
    }
  }

  private JsonNode reconcile(String campaign) {
    return done(started(Map.of("campaignId", campaign))).path("campaigns").path(0);
  }

  private String started(Map<String, ?> body) {
    Answer answer = api.admin(Call.post(RECONCILIATIONS).json(body)).is(202);
    String run = answer.json().path("runId").asString();
    assertThat(answer.header("Location")).isEqualTo("reconciliations/" + run);
    return run;
  }

  private JsonNode done(String run) {
    return await()
        .atMost(PATIENCE)
        .until(
            () -> api.admin(Call.get(RECONCILIATIONS + "/" + run)).is(200).json(),
            now -> now.path("state").asString().equals("DONE"));
  }

  private static List<String> drift(JsonNode compared) {
    List<String> found = new ArrayList<>();
    compared
        .path("drift")
        .forEach(one ->
            found.add(
                one.path("kind").asString()
                    + " "
                    + one.path("userId").asString()
                    + " "
                    + one.path("redisSequence").asString("-")
                    + " "
                    + one.path("ledgerSequence").asString("-")));
    return found;
  }
}
