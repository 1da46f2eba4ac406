package io.sunchak.server.http.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.sunchak.core.ledger.Drift;
import io.sunchak.core.ledger.Drift.Kind;
import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.server.testing.Api;
import io.sunchak.server.testing.Call;
import io.sunchak.server.testing.Findings;
import io.sunchak.server.testing.ServerExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** What repairs found, as an operator reads it. */
@ExtendWith(ServerExtension.class)
class RepairIT {
  private final Api api;
  private final Findings findings;

  RepairIT(Api api, EmbeddedEngines engines) {
    this.api = api;
    this.findings =
        new Findings(engines.jdbcUrl(), engines.postgresUser(), engines.postgresPassword());
  }

  @Test
  void a_campaign_without_a_finding_says_so_and_is_not_listed() {
    api.create("repaired-never", 1);

    JsonNode page = entries("repaired-never", "");

    assertThat(page.path("items")).isEmpty();
    assertThat(page.path("next").isNull()).isTrue();
    assertThat(page.path("summary").isNull()).isTrue();
    assertThat(repairs()).noneMatch(one -> isOf("repaired-never", one));
  }

  @Test
  void says_how_many_may_be_missing_after_which_number_and_who_did_not_hand_over() {
    api.create("repaired", 1_000);
    findings.plant("repaired", 2, List.of(new Drift("old", 4, 3, Kind.RENUMBERED)));
    findings.plant(
        "repaired",
        5,
        List.of(
            new Drift("ann", 3, 529, Kind.MOVED),
            new Drift("bob", 9, 0, Kind.UNSETTLED),
            new Drift("void 530", 0, 530, Kind.VOIDED),
            new Drift("node-2", 600, 530, Kind.UNACCOUNTED),
            new Drift("node-2", 0, 530, Kind.SILENT)));

    JsonNode page = entries("repaired", "");
    JsonNode summary = page.path("summary");

    assertThat(summary.path("epoch").asLong()).isEqualTo(5);
    assertThat(summary.path("missing").path("upTo").asLong()).isEqualTo(72);
    assertThat(summary.path("missing").path("after").asLong()).isEqualTo(528);
    assertThat(summary.path("nodes").toString()).isEqualTo("[\"node-2\"]");
    assertThat(summary.path("counts").toString())
        .isEqualTo("{\"MOVED\":1,\"UNSETTLED\":1,\"VOIDED\":1,\"UNACCOUNTED\":1,\"SILENT\":1}");
    assertThat(summary.path("needsPerson").asBoolean()).isTrue();
    assertThat(repairs())
        .filteredOn(one -> isOf("repaired", one))
        .singleElement()
        .satisfies(one -> {
          assertThat(one.path("missing")).isEqualTo(summary.path("missing"));
          assertThat(one.path("counts").toString())
              .as("the silent node is said by itself")
              .isEqualTo("{\"MOVED\":1,\"UNSETTLED\":1,\"VOIDED\":1,\"UNACCOUNTED\":1}");
        });
    assertThat(page.path("items"))
        .extracting(item -> item.path("kind").asString())
        .containsExactly("SILENT", "UNACCOUNTED", "VOIDED", "UNSETTLED", "MOVED", "RENUMBERED");
    assertThat(page.path("items").get(0).path("node").asString()).isEqualTo("node-2");
    assertThat(page.path("items").get(0).has("userId")).isFalse();
    assertThat(page.path("items").get(2).has("userId")).as("nobody's").isFalse();
    assertThat(page.path("items").get(4).path("userId").asString()).isEqualTo("ann");
    assertThat(page.path("items").get(4).path("claimed").asLong()).isEqualTo(3);
    assertThat(page.path("items").get(4).path("settled").asLong()).isEqualTo(529);
  }

  @Test
  void a_silent_node_is_said_once_and_by_each_campaign_itself() {
    List<String> campaigns = List.of("silenced-1", "silenced-2", "silenced-3");
    for (String campaign : campaigns) {
      api.create(campaign, 1_000);
      findings.plant(campaign, 2, List.of(new Drift("node-9", 0, 530, Kind.SILENT)));
    }

    JsonNode all = api.admin(Call.get("/api/v1/admin/repairs?limit=1000")).is(200).json();

    assertThat(all.path("silent"))
        .filteredOn(one -> one.path("node").asString().equals("node-9"))
        .singleElement()
        .extracting(one -> one.path("campaigns").asInt())
        .isEqualTo(3);
    assertThat(all.path("items"))
        .extracting(one -> one.path("campaignId").asString())
        .doesNotContainAnyElementsOf(campaigns);
    JsonNode its =
        api.admin(Call.get("/api/v1/admin/repairs?silent=node-9&limit=2")).is(200).json();
    assertThat(its.path("items"))
        .extracting(one -> one.path("campaignId").asString())
        .containsExactly("silenced-3", "silenced-2");
    String next = its.path("next").asString();
    assertThat(
            api.admin(Call.get("/api/v1/admin/repairs?silent=node-9&limit=2&cursor=" + next))
                .is(200)
                .json()
                .path("items"))
        .singleElement()
        .satisfies(one -> {
          assertThat(one.path("campaignId").asString()).isEqualTo("silenced-1");
          assertThat(one.path("missing").path("after").asLong()).isEqualTo(530);
        });
    for (String campaign : campaigns) {
      JsonNode page = entries(campaign, "");
      assertThat(page.path("items").get(0).path("node").asString()).isEqualTo("node-9");
      assertThat(page.path("summary").path("missing").path("after").asLong()).isEqualTo(530);
    }
  }

  @Test
  void pages_follow_each_other_from_the_newest_repair_on() {
    api.create("repaired-often", 1_000);
    for (int epoch = 2; epoch <= 26; epoch++) {
      findings.plant(
          "repaired-often", epoch, List.of(new Drift("u" + epoch, 2, 1, Kind.RENUMBERED)));
    }
    List<Long> seen = new ArrayList<>();
    String cursor = "";
    while (cursor != null && seen.size() < 100) {
      JsonNode page = entries("repaired-often", "?limit=10" + cursor);
      assertThat(page.path("items").size()).isBetween(1, 10);
      page.path("items").forEach(item -> seen.add(item.path("epoch").asLong()));
      cursor = page.path("next").isNull() ? null : "&cursor=" + page.path("next").asString();
    }

    assertThat(seen).isEqualTo(IntStream.rangeClosed(2, 26).mapToObj(i -> 28L - i).toList());
  }

  @Test
  void a_user_is_explained_by_what_was_found_about_them() {
    api.create("repaired-user", 10);
    findings.plant("repaired-user", 2, List.of(new Drift("ann", 7, 0, Kind.UNSETTLED)));

    JsonNode ann = api.admin(Call.get(Api.ADMIN + "/repaired-user/users/ann")).is(200).json();
    JsonNode bob = api.admin(Call.get(Api.ADMIN + "/repaired-user/users/bob")).is(200).json();

    assertThat(ann.path("outcome").asString()).isEqualTo("NOT_ISSUED");
    assertThat(ann.path("repair").path("kind").asString()).isEqualTo("UNSETTLED");
    assertThat(ann.path("repair").path("claimed").asLong()).isEqualTo(7);
    assertThat(bob.has("repair")).isFalse();
  }

  @Test
  void a_page_is_asked_for_as_any_other() {
    api.create("repaired-badly", 10);

    api.admin(Call.get(Api.ADMIN + "/repaired-badly/repairs?cursor=x")).is(400);
    api.admin(Call.get("/api/v1/admin/repairs?limit=1001")).is(400);
  }

  private JsonNode entries(String campaign, String query) {
    return api.admin(Call.get(Api.ADMIN + "/" + campaign + "/repairs" + query)).is(200).json();
  }

  private Iterable<JsonNode> repairs() {
    return api.admin(Call.get("/api/v1/admin/repairs?limit=1000")).is(200).json().path("items");
  }

  private static boolean isOf(String campaign, JsonNode repair) {
    return repair.path("campaignId").asString().equals(campaign);
  }
}
