package io.sunchak.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.sunchak.server.testing.Api;
import io.sunchak.server.testing.Call;
import io.sunchak.server.testing.ServerExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** Every act of an administrator is written down, and what changed nothing is not. */
@ExtendWith(ServerExtension.class)
class AuditIT {
  private static final String AUDIT = "/api/v1/admin/audit";

  private final Api api;

  AuditIT(Api api) {
    this.api = api;
  }

  @Test
  void what_an_administrator_does_to_a_campaign_is_written_down() {
    api.create("audited", 600);
    api.patch("audited", Map.of("totalStock", 700, "name", "More")).is(200);
    api.ask("pause", "audited").is(200);
    api.ask("pause", "audited").is(200);
    api.ask("resume", "audited").is(200);
    api.ask("close", "audited").is(200);
    api.ask("resume", "audited").is(409, "CLOSED");

    assertThat(acts("audited"))
        .containsExactly(
            "admin CAMPAIGN_CREATED Campaign audited, totalStock 600, 2020-01-01T00:00:00Z to 2099-01-01T00:00:00Z",
            "admin CAMPAIGN_CHANGED name Campaign audited → More, totalStock 600 → 700",
            "admin CAMPAIGN_PAUSED state ACTIVE → PAUSED",
            "admin CAMPAIGN_RESUMED state PAUSED → ACTIVE",
            "admin CAMPAIGN_CLOSED state ACTIVE → CLOSED");
  }

  @Test
  void the_actor_is_the_tokens_subject() {
    String token = api.server().signer().sign("kim", true, Duration.ofMinutes(1));
    api.create("audited-actor", 1);
    api.send(Call.post(Api.ADMIN + "/audited-actor/pause").as(token)).is(200);

    assertThat(acts("audited-actor").getLast())
        .isEqualTo("kim CAMPAIGN_PAUSED state ACTIVE → PAUSED");
  }

  @Test
  void a_change_that_redis_refuses_leaves_nothing() {
    api.create("audited-refusal", 5);
    api.issue("audited-refusal", "a").is(202);
    api.issue("audited-refusal", "b").is(202);
    api.patch("audited-refusal", Map.of("totalStock", 1)).is(409, "BELOW_SEQUENCE");

    assertThat(acts("audited-refusal")).hasSize(1);
  }

  @Test
  void what_is_refused_is_not_written_down() {
    api.create("audited-refusals", 5);
    Map<String, Object> again = new HashMap<>();
    again.put("id", "audited-refusals");
    again.put("name", "Again");
    again.put("totalStock", 5);
    again.put("opensAt", "2020-01-01T00:00:00Z");
    again.put("closesAt", "2099-01-01T00:00:00Z");
    api.admin(Call.post(Api.ADMIN).json(again)).is(409, "CAMPAIGN_EXISTS");
    api.admin(
            Call.patch(Api.ADMIN + "/audited-refusals")
                .with("If-Match", "\"7\"")
                .body("{\"name\":\"x\"}"))
        .is(412, "STALE");

    assertThat(acts("audited-refusals")).hasSize(1);
  }

  @Test
  void pages_go_back_in_time() {
    api.create("audited-pages", 5);
    for (int i = 0; i < 2; i++) {
      api.ask("pause", "audited-pages").is(200);
      api.ask("resume", "audited-pages").is(200);
    }

    List<Long> seen = new ArrayList<>();
    String cursor = "";
    while (cursor != null && seen.size() < 10) {
      JsonNode page =
          api.admin(Call.get(AUDIT + "?campaign=audited-pages&limit=2" + cursor)).json();
      page.path("items").forEach(item -> seen.add(item.path("id").asLong()));
      cursor = page.path("next").isNull() ? null : "&cursor=" + page.path("next").asString();
    }

    assertThat(seen).hasSize(5).isSortedAccordingTo((a, b) -> Long.compare(b, a));
    assertThat(api.admin(Call.get(AUDIT + "?limit=1000")).is(200).json().path("items"))
        .hasSizeGreaterThan(5);
    api.admin(Call.get(AUDIT + "?campaign=A")).is(400, "INVALID");
    api.admin(Call.get(AUDIT + "?cursor=a")).is(400, "INVALID");
  }

  /** Oldest first. */
  private List<String> acts(String campaign) {
    List<String> acts = new ArrayList<>();
    api.admin(Call.get(AUDIT + "?campaign=" + campaign))
        .is(200)
        .json()
        .path("items")
        .forEach(item ->
            acts.addFirst(
                item.path("actor").asString()
                    + " "
                    + item.path("action").asString()
                    + " "
                    + item.path("detail").asString()));
    return acts;
  }
}
