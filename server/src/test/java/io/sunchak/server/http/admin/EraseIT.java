package io.sunchak.server.http.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sunchak.server.testing.Answer;
import io.sunchak.server.testing.Api;
import io.sunchak.server.testing.Call;
import io.sunchak.server.testing.ServerExtension;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** A person is erased, as the person, other people and operators see it. */
@ExtendWith(ServerExtension.class)
class EraseIT {
  private static final String CSV = "/issues.csv";

  @Test
  void the_person_becomes_a_stranger_and_everything_else_stays(Api api) {
    issued(api, "erase-one", "mia", "noa");
    archive(api, "erase-one");

    JsonNode erased = erase(api, "mia");
    String pseudonym = erased.path("pseudonym").asString();
    assertThat(pseudonym).matches("erased-[a-z2-7]{26}");
    assertThat(erased.path("campaigns").asInt()).isEqualTo(1);
    assertThat(erased.path("rows").asInt()).isGreaterThanOrEqualTo(1);
    assertThat(erased.path("notArchivedCount").asInt()).isZero();

    for (String user : List.of("mia", "a-stranger")) {
      api.mine("erase-one", user).is(404, "NOT_ISSUED");
      api.issue("erase-one", user).is(409, "CLOSED");
      assertThat(lookedUp(api, user)).isEqualTo("NOT_ISSUED");
    }
    assertThat(api.issue("erase-one", "noa").is(200).json().path("sequence").asLong()).isEqualTo(2);
    assertThat(lookedUp(api, pseudonym)).isEqualTo("ISSUED");
    List<String> csv =
        api.admin(Call.get(Api.ADMIN + "/erase-one" + CSV)).is(200).text().lines().toList();
    assertThat(csv).hasSize(3);
    assertThat(csv.get(1)).startsWith("1," + pseudonym + ",");
    assertThat(csv.get(2)).startsWith("2,noa,");
    assertThat(api.campaign("erase-one").path("issued").asLong()).isEqualTo(2);
    assertThat(compared(api, "erase-one")).isEqualTo("DONE");
  }

  @Test
  void it_is_audited_without_the_id_and_a_repetition_changes_nothing(Api api) {
    issued(api, "erase-audit", "erased-by-name");
    Map<String, String> order =
        Map.of("campaignId", "erase-audit", "userId", "erased-by-name", "orderId", "A-17");
    api.admin(Call.post("/api/v1/redemptions").json(order)).is(201);
    archive(api, "erase-audit");
    Call audited = Call.get("/api/v1/admin/audit?campaign=erase-audit");
    assertThat(api.admin(audited).is(200).text()).contains("number 1, erased-by-name, order A-17");

    String pseudonym = erase(api, "erased-by-name").path("pseudonym").asString();
    JsonNode again = erase(api, "erased-by-name");

    assertThat(again.path("pseudonym").isNull()).isTrue();
    assertThat(again.path("rows").asInt()).isZero();
    assertThat(api.admin(audited).is(200).text())
        .contains("number 1, " + pseudonym + ", order A-17");
    Answer audit = api.admin(Call.get("/api/v1/admin/audit?limit=1000")).is(200);
    assertThat(audit.text()).doesNotContain("erased-by-name");
    assertThat(audit.json().path("items"))
        .filteredOn(act -> act.path("detail").asString().startsWith(pseudonym))
        .singleElement()
        .satisfies(act -> {
          assertThat(act.path("action").asString()).isEqualTo("USER_ERASED");
          assertThat(act.path("actor").asString()).isEqualTo("admin");
        });
  }

  @Test
  void what_is_not_archived_is_named_and_erased_once_it_is(Api api) {
    issued(api, "erase-now", "kai");
    archive(api, "erase-now");
    issued(api, "erase-later", "kai");

    JsonNode first = erase(api, "kai");
    assertThat(first.path("campaigns").asInt()).isEqualTo(1);
    assertThat(first.path("notArchived").values())
        .extracting(JsonNode::asString)
        .containsExactly("erase-later");
    assertThat(first.path("notArchivedCount").asInt()).isEqualTo(1);
    api.mine("erase-later", "kai").is(200);

    archive(api, "erase-later");
    JsonNode second = erase(api, "kai");
    assertThat(second.path("campaigns").asInt()).isEqualTo(1);
    assertThat(second.path("notArchivedCount").asInt()).isZero();
    assertThat(second.path("pseudonym")).isNotEqualTo(first.path("pseudonym"));
    api.mine("erase-later", "kai").is(404, "NOT_ISSUED");
  }

  @Test
  void a_hundred_are_named_and_all_are_counted(Api api) {
    List<String> ids =
        IntStream.rangeClosed(0, 100).mapToObj("erase-many-%03d"::formatted).toList();
    ids.forEach(id -> issued(api, id, "lou"));

    JsonNode erased = erase(api, "lou");

    assertThat(erased.path("notArchived").values())
        .extracting(JsonNode::asString)
        .isEqualTo(ids.subList(0, 100));
    assertThat(erased.path("notArchivedCount").asInt()).isEqualTo(101);
    assertThat(erased.path("rows").asInt()).isZero();
  }

  @Test
  void of_somebody_unknown_nothing_is_erased(Api api) {
    for (String nobody : List.of("nobody-knows-me", "%EC%BF%A0", "two%20words", "a%00b")) {
      JsonNode erased = erase(api, nobody);
      assertThat(erased.path("pseudonym").isNull()).isTrue();
      assertThat(erased.path("rows").asInt()).isZero();
      assertThat(erased.path("notArchivedCount").asInt()).isZero();
    }
    api.admin(Call.post("/api/v1/admin/users/u1/erase").json(Map.of())).is(400, "MALFORMED");
  }

  private static JsonNode erase(Api api, String user) {
    return api.admin(Call.post("/api/v1/admin/users/" + user + "/erase")).is(200).json();
  }

  /** Until the ledger has them. */
  private static void issued(Api api, String id, String... users) {
    api.create(id, 10);
    for (String user : users) {
      api.issue(id, user).is(202);
    }
    String last = users[users.length - 1];
    await().until(() -> api.mine(id, last).json().path("state").asString().equals("ISSUED"));
  }

  private static void archive(Api api, String id) {
    api.ask("close", id).is(200);
    await().untilAsserted(() -> api.ask("archive", id).is(200));
  }

  private static String lookedUp(Api api, String user) {
    return api.admin(Call.get(Api.ADMIN + "/erase-one/users/" + user))
        .is(200)
        .json()
        .path("outcome")
        .asString();
  }

  private static String compared(Api api, String id) {
    String run =
        api.admin(Call.post("/api/v1/admin/reconciliations").json(Map.of("campaignId", id)))
            .is(202)
            .json()
            .path("runId")
            .asString();
    Call read = Call.get("/api/v1/admin/reconciliations/" + run);
    await().until(() -> !state(api, read).equals("RUNNING"));
    return state(api, read);
  }

  private static String state(Api api, Call read) {
    return api.admin(read).is(200).json().path("state").asString();
  }
}
