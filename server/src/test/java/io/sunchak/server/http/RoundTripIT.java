package io.sunchak.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.sunchak.core.Campaign;
import io.sunchak.core.CampaignId;
import io.sunchak.core.CampaignState;
import io.sunchak.core.IssueWindow;
import io.sunchak.core.Stock;
import io.sunchak.server.campaigns.CampaignAdmin;
import io.sunchak.server.testing.Answer;
import io.sunchak.server.testing.Api;
import io.sunchak.server.testing.Call;
import io.sunchak.server.testing.ServerExtension;
import io.sunchak.server.testing.Snapshot;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What was read can be sent back, as the tools between write it; what changes nothing is nothing.
 */
@ExtendWith(ServerExtension.class)
class RoundTripIT {
  private static final String ID = "round-trip";
  private static final String PATH = Api.ADMIN + "/" + ID;

  @BeforeAll
  static void make(Api api) {
    api.create(ID, 600);
  }

  @Test
  void what_get_returns_can_be_patched_back_and_changes_nothing(Api api) {
    Snapshot before = Snapshot.of(api, ID);
    long acts = acts(api, ID);
    Answer read = api.admin(Call.get(PATH)).is(200);

    Answer answer = api.admin(change(PATH, read).body(read.text())).is(200);

    assertThat(answer.header("ETag")).isEqualTo(read.header("ETag"));
    assertThat(Snapshot.of(api, ID)).isEqualTo(before);
    assertThat(acts(api, ID)).isEqualTo(acts);
  }

  /** A campaign may be older than the rule of milliseconds, or made by the program itself. */
  @Test
  void a_finer_instant_than_a_client_may_set_comes_back_unharmed(Api api) {
    Instant fine = Instant.parse("2020-01-01T00:00:00.123456Z");
    Campaign made =
        new Campaign(
            new CampaignId("fine"),
            "Fine",
            Stock.of(5),
            new IssueWindow(fine, Instant.parse("2099-01-01T00:00:00.000001Z")),
            CampaignState.ACTIVE,
            1);
    api.server().bean(CampaignAdmin.class).create(made, "test");
    Answer read = api.admin(Call.get(Api.ADMIN + "/fine")).is(200);
    assertThat(read.json().path("opensAt").asString()).isEqualTo(fine.toString());

    Answer same = api.admin(change(Api.ADMIN + "/fine", read).body(read.text())).is(200);

    assertThat(same.json().path("version").asLong()).isEqualTo(1);
    assertThat(same.json().path("opensAt").asString()).isEqualTo(fine.toString());
  }

  @Test
  void one_field_of_what_was_read_is_changed_alone(Api api) {
    api.create("edited", 5);
    Answer read = api.admin(Call.get(Api.ADMIN + "/edited")).is(200);
    ObjectNode edited = (ObjectNode) read.json();
    edited.put("totalStock", 6);

    JsonNode changed =
        api.admin(change(Api.ADMIN + "/edited", read).body(edited.toString())).is(200).json();

    assertThat(changed.path("totalStock").asLong()).isEqualTo(6);
    assertThat(changed.path("version").asLong()).isEqualTo(2);
  }

  /**
   * A paused campaign is resumed by its own call: a state that differs is no wish to be guessed.
   */
  @ParameterizedTest
  @CsvSource({"state, \"PAUSED\"", "state, \"CLOSED\"", "id, \"another\"", "version, 7"})
  void what_a_change_cannot_change_must_be_as_it_is(String field, String json, Api api) {
    Snapshot before = Snapshot.of(api, ID);
    Answer read = api.admin(Call.get(PATH)).is(200);
    String other =
        read.text()
            .replaceFirst("\"" + field + "\":(\"[^\"]*\"|\\d+)", "\"" + field + "\":" + json);
    assertThat(other).isNotEqualTo(read.text());

    Answer answer = api.admin(change(PATH, read).body(other)).is(400, "INVALID");

    assertThat(answer.json().at("/errors/0/field").asString()).isEqualTo(field);
    assertThat(Snapshot.of(api, ID)).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          2020-01-01t09:00:00+09:00             | 2020-01-01T00:00:00Z
          2020-01-01T00:00:00z                  | 2020-01-01T00:00:00Z
          2020-01-01 00:00:00Z                  | 2020-01-01T00:00:00Z
          2020-01-01T00:00:00-00:00             | 2020-01-01T00:00:00Z
          2020-01-01T23:30:00+23:30             | 2020-01-01T00:00:00Z
          2019-12-31T00:01:00-23:59             | 2020-01-01T00:00:00Z
          2020-01-01T00:00:00.1Z                | 2020-01-01T00:00:00.100Z
          2020-01-01T00:00:00.1239Z             | 2020-01-01T00:00:00.123Z
          2020-01-01T00:00:00.123456789012345Z  | 2020-01-01T00:00:00.123Z
          2020-01-01T00:00:00.0009Z             | 2020-01-01T00:00:00Z
          2020-01-01T00:00Z                     | 2020-01-01T00:00:00Z
          """)
  void an_instant_may_be_written_as_rfc_3339_allows(String written, String read, Api api) {
    String id = "instant-" + Integer.toHexString(written.hashCode());

    JsonNode created = api.create(id, 1, written, "2099-01-01T00:00:00Z").json();

    assertThat(created.path("opensAt").asString()).isEqualTo(read);
  }

  @Test
  void a_leap_second_is_refused_as_what_it_is(Api api) {
    Answer answer = api.patch(ID, Map.of("opensAt", "2016-12-31T23:59:60Z")).is(400, "INVALID");

    assertThat(answer.json().at("/errors/0/rule").asString()).contains("leap second");
  }

  @ParameterizedTest
  @ValueSource(strings = {"700.0", "7e2", "7E+2", "70000e-2", "700.000"})
  void a_whole_number_may_be_written_with_a_point_or_an_exponent(String written, Api api) {
    String id = "whole-" + Integer.toHexString(written.hashCode());
    String body =
        """
        {"id":"%s","name":"Whole","totalStock":%s,
         "opensAt":"2020-01-01T00:00:00Z","closesAt":"2099-01-01T00:00:00Z"}\
        """
            .formatted(id, written);

    JsonNode created = api.admin(Call.post(Api.ADMIN).body(body)).is(201).json();

    assertThat(created.path("totalStock").asLong()).isEqualTo(700);
    api.admin(
            Call.post("/api/v1/admin/failures/replay")
                .body("{\"campaignId\":\"" + id + "\",\"limit\":" + written + ",\"dryRun\":true}"))
        .is(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          W/"1"
          "1-gzip"
          W/"1-gzip"
          W/"1"-gzip
          "1;gzip"
          "1--gzip"
          "1-br"
          "7", "1"
          W/"9" ,W/"1-gzip"
          *
          """)
  void the_version_may_come_as_a_proxy_wrote_it(String tag, Api api) {
    String id = "tag-" + Integer.toHexString(tag.hashCode());
    api.create(id, 5);
    Call patch = Call.patch(Api.ADMIN + "/" + id).json(Map.of("name", "Changed"));

    api.admin(patch.with("If-Match", "W/\"2-gzip\"")).is(412, "STALE");
    assertThat(api.admin(patch.with("If-Match", tag)).is(200).header("ETag")).isEqualTo("\"2\"");
  }

  @Test
  void several_if_match_lines_are_one_list(Api api) {
    api.create("tag-lines", 5);
    Call patch = Call.patch(Api.ADMIN + "/tag-lines").json(Map.of("name", "Changed"));

    api.admin(patch.with("If-Match", "\"3\"").with("If-Match", "\"1\"")).is(200);
    api.admin(patch.with("If-Match", "*").body("{\"name\":\"Again\"}")).is(200);
    api.admin(Call.patch(Api.ADMIN + "/nobodys").with("If-Match", "*").body("{}"))
        .is(404, "CAMPAIGN_NOT_FOUND");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%72ound-trip",
        "round%2Dtrip",
        "%72%6F%75%6E%64%2d%74%72%69%70",
        "round-trip;x=1"
      })
  void an_encoded_id_means_the_same_on_every_call(String id, Api api) {
    String user = api.server().user("u" + id.hashCode());

    api.get(Api.CAMPAIGNS + "/" + id).is(200);
    api.send(Call.post(Api.CAMPAIGNS + "/" + id + "/issues").as(user)).is(202);
    api.send(Call.get(Api.CAMPAIGNS + "/" + id + "/issues/me").as(user)).is(200);
    api.admin(Call.get(Api.ADMIN + "/" + id)).is(200);
    api.send(Call.post("/api/v1/%63ampaigns/" + id + "/iss%75es").as(user)).is(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"round%2Ftrip", "round-trip%00", "round-trip%20", "%ff"})
  void an_encoded_id_of_no_campaign_is_of_none_on_every_call(String id, Api api) {
    String user = api.server().user("u1");

    api.get(Api.CAMPAIGNS + "/" + id).is(404, "CAMPAIGN_NOT_FOUND");
    api.send(Call.post(Api.CAMPAIGNS + "/" + id + "/issues").as(user))
        .is(404, "CAMPAIGN_NOT_FOUND");
    api.send(Call.get(Api.CAMPAIGNS + "/" + id + "/issues/me").as(user))
        .is(404, "CAMPAIGN_NOT_FOUND");
    api.admin(Call.get(Api.ADMIN + "/" + id)).is(404, "CAMPAIGN_NOT_FOUND");
    api.admin(Call.get(Api.ADMIN + "/round-trip/users/" + id)).is(200);
  }

  private static Call change(String path, Answer read) {
    return Call.patch(path).with("If-Match", String.valueOf(read.header("ETag")));
  }

  private static long acts(Api api, String campaign) {
    return api.admin(Call.get("/api/v1/admin/audit?campaign=" + campaign))
        .is(200)
        .json()
        .path("items")
        .size();
  }
}
