package io.sunchak.server.http.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sunchak.server.testing.Answer;
import io.sunchak.server.testing.Api;
import io.sunchak.server.testing.Call;
import io.sunchak.server.testing.ServerExtension;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What remains of a campaign for people once Redis has nothing of it. */
@ExtendWith(ServerExtension.class)
class ArchiveIT {

  @Test
  void holders_keep_their_coupons_and_nobody_gets_another(Api api) {
    archived(api, "kept-for-good");

    Answer held = api.issue("kept-for-good", "u2").is(200);
    assertThat(held.json().path("sequence").asLong()).isEqualTo(2);
    assertThat(held.header("Idempotent-Replayed")).isEqualTo("true");
    api.issue("kept-for-good", "u3").is(409, "CLOSED");
    assertThat(api.mine("kept-for-good", "u1").is(200).json().path("state").asString())
        .isEqualTo("ISSUED");
    api.mine("kept-for-good", "u3").is(404, "NOT_ISSUED");
    assertThat(
            api.admin(Call.get(Api.ADMIN + "/kept-for-good/issues.csv"))
                .is(200)
                .text()
                .lines()
                .skip(1))
        .hasSize(2);
    assertThat(api.campaign("kept-for-good").path("state").asString()).isEqualTo("ARCHIVED");
    assertThat(api.campaign("kept-for-good").path("issued").asLong()).isEqualTo(2);
  }

  @Test
  void nothing_leads_out_of_it_and_it_is_audited_once(Api api) {
    archived(api, "archive-no-way-back");
    api.ask("archive", "archive-no-way-back").is(200);

    api.patch("archive-no-way-back", Map.of("totalStock", 9)).is(409, "ARCHIVED");
    api.patch("archive-no-way-back", Map.of("name", "Another")).is(409, "ARCHIVED");
    for (String verb : new String[] {"pause", "resume", "close"}) {
      api.ask(verb, "archive-no-way-back").is(409, "ARCHIVED");
    }
    assertThat(
            api.admin(Call.get("/api/v1/admin/audit?campaign=archive-no-way-back"))
                .is(200)
                .json()
                .path("items")
                .findValuesAsString("action"))
        .containsOnlyOnce("CAMPAIGN_ARCHIVED");
  }

  @Test
  void a_campaign_that_may_still_accept_somebody_stays(Api api) {
    api.create("archive-too-early", 10);
    api.issue("archive-too-early", "u1").is(202);
    api.ask("archive", "archive-too-early").is(409, "NOT_CLOSED");
    api.issue("archive-too-early", "u2").is(202);
    api.ask("archive", "nobodys-archive").is(404, "CAMPAIGN_NOT_FOUND");
  }

  private static void archived(Api api, String id) {
    api.create(id, 10);
    api.issue(id, "u1").is(202);
    api.issue(id, "u2").is(202);
    api.ask("close", id).is(200);
    await().untilAsserted(() -> api.ask("archive", id).is(200));
  }
}
