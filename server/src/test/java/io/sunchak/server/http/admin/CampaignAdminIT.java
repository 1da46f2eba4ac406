package io.sunchak.server.http.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.sunchak.server.testing.Answer;
import io.sunchak.server.testing.Api;
import io.sunchak.server.testing.Call;
import io.sunchak.server.testing.ServerExtension;
import io.sunchak.server.testing.Snapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** What an operator does. */
@ExtendWith(ServerExtension.class)
class CampaignAdminIT {

  @Test
  void a_new_campaign_can_be_issued_from_at_once(Api api) {
    Answer created = api.create("created", 600);

    assertThat(created.header("Location")).isEqualTo("campaigns/created");
    assertThat(created.header("ETag")).isEqualTo("\"1\"");
    assertThat(created.json().path("state").asString()).isEqualTo("OPEN");
    api.issue("created", "u1").is(202);
    JsonNode read = api.campaign("created");
    assertThat(read.path("issued").asLong()).isEqualTo(1);
    assertThat(read.path("remaining").asLong()).isEqualTo(599);
  }

  @Test
  void an_instant_may_come_with_any_offset_and_the_smallest_step(Api api) {
    JsonNode created =
        api.create("zoned", 1, "2020-01-01T09:00:00.001+09:00", "2020-01-01T00:00:00.002Z").json();

    assertThat(created.path("opensAt").asString()).isEqualTo("2020-01-01T00:00:00.001Z");
    assertThat(api.campaign("zoned").path("closesAt")).isEqualTo(created.path("closesAt"));
  }

  @Test
  void an_id_is_never_used_again(Api api) {
    api.create("once", 600);
    api.ask("close", "once").is(200);
    Snapshot before = Snapshot.of(api, "once");
    Map<String, Object> same = new HashMap<>();
    same.put("id", "once");
    same.put("name", "Another");
    same.put("totalStock", 1);
    same.put("opensAt", "2020-01-01T00:00:00Z");
    same.put("closesAt", "2099-01-01T00:00:00Z");

    api.admin(Call.post(Api.ADMIN).json(same)).is(409, "CAMPAIGN_EXISTS");

    assertThat(Snapshot.of(api, "once")).isEqualTo(before);
  }

  @Test
  void a_change_answers_with_the_campaign_and_its_next_version(Api api) {
    api.create("changed", 1);
    api.issue("changed", "u1").is(202);
    api.issue("changed", "u2").is(409, "SOLD_OUT");

    Answer changed = api.patch("changed", Map.of("totalStock", 2, "name", "Two of them")).is(200);

    assertThat(changed.header("ETag")).isEqualTo("\"2\"");
    assertThat(changed.json().path("name").asString()).isEqualTo("Two of them");
    assertThat(changed.json().path("opensAt").asString()).isEqualTo("2020-01-01T00:00:00Z");
    api.issue("changed", "u2").is(202);
  }

  @Test
  void of_two_changes_from_one_version_one_is_stale(Api api) throws Exception {
    api.create("raced", 10);
    List<CompletableFuture<Answer>> racing = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Call patch =
          Call.patch(Api.ADMIN + "/raced").with("If-Match", "\"1\"").json(Map.of("name", "n" + i));
      racing.add(CompletableFuture.supplyAsync(() -> api.admin(patch)));
    }

    assertThat(racing.stream().map(CompletableFuture::join).map(Answer::status))
        .containsExactlyInAnyOrder(200, 412, 412, 412);
    assertThat(api.campaign("raced").path("version").asLong()).isEqualTo(2);
  }

  @Test
  void the_stock_cannot_fall_below_what_was_given(Api api) {
    api.create("given", 10);
    for (String user : List.of("u1", "u2", "u3")) {
      api.issue("given", user).is(202);
    }

    api.patch("given", Map.of("totalStock", 2)).is(409, "BELOW_SEQUENCE");

    assertThat(api.campaign("given").path("totalStock").asLong()).isEqualTo(10);
    api.patch("given", Map.of("totalStock", 3)).is(200);
    api.issue("given", "u4").is(409, "SOLD_OUT");
  }

  @Test
  void limited_and_unlimited_can_be_exchanged_until_the_first_issue(Api api) {
    Map<String, Object> unlimited = new HashMap<>();
    unlimited.put("totalStock", null);
    api.create("exchanged", 5);

    api.patch("exchanged", unlimited).is(200);
    api.patch("exchanged", Map.of("totalStock", 7)).is(200);
    api.issue("exchanged", "u1").is(202);

    api.patch("exchanged", unlimited).is(409, "ALREADY_OPENED");
    assertThat(api.campaign("exchanged").path("totalStock").asLong()).isEqualTo(7);
  }

  @Test
  void an_unlimited_campaign_stays_so_after_the_first_issue(Api api) {
    api.create("boundless", null);
    api.issue("boundless", "u1").is(202);

    api.patch("boundless", Map.of("totalStock", 100)).is(409, "ALREADY_OPENED");

    assertThat(api.campaign("boundless").path("totalStock").isNull()).isTrue();
  }

  @Test
  void a_change_that_would_close_before_opening_is_invalid(Api api) {
    api.create("turned", 5);
    Snapshot before = Snapshot.of(api, "turned");

    api.patch("turned", Map.of("closesAt", "2019-12-31T00:00:00Z")).is(400, "INVALID");

    assertThat(Snapshot.of(api, "turned")).isEqualTo(before);
  }

  @Test
  void a_paused_campaign_refuses_and_a_resumed_one_goes_on(Api api) {
    api.create("paused", 5);

    Answer paused = api.ask("pause", "paused").is(200);
    assertThat(paused.json().path("state").asString()).isEqualTo("PAUSED");
    api.issue("paused", "u1").is(409, "PAUSED");

    Answer again = api.ask("pause", "paused").is(200);
    assertThat(again.header("ETag")).as("nothing to do").isEqualTo(paused.header("ETag"));

    api.ask("resume", "paused").is(200);
    api.issue("paused", "u1").is(202);
  }

  @Test
  void nothing_leads_out_of_closed(Api api) {
    api.create("closed", 5);
    api.ask("close", "closed").is(200);
    Snapshot before = Snapshot.of(api, "closed");

    api.ask("close", "closed").is(200);
    api.ask("resume", "closed").is(409, "CLOSED");
    api.ask("pause", "closed").is(409, "CLOSED");

    assertThat(Snapshot.of(api, "closed")).isEqualTo(before);
    api.issue("closed", "u1").is(409, "CLOSED");
  }

  @Test
  void pages_of_campaigns_follow_each_other_without_gap_or_repeat(Api api) {
    List<String> made = List.of("page-a", "page-b", "page-c", "page-d", "page-e");
    made.forEach(id -> api.create(id, 1));

    for (String list : List.of(Api.CAMPAIGNS, Api.ADMIN)) {
      List<String> seen = new ArrayList<>();
      String cursor = "page";
      while (cursor != null && seen.size() < 100) {
        JsonNode page = api.admin(Call.get(list + "?limit=2&cursor=" + cursor)).is(200).json();
        page.path("items").forEach(item -> seen.add(item.path("id").asString()));
        cursor = page.path("next").isNull() ? null : page.path("next").asString();
      }
      assertThat(seen)
          .as(list)
          .doesNotHaveDuplicates()
          .isSorted()
          .startsWith(made.toArray(String[]::new));
    }
  }
}
