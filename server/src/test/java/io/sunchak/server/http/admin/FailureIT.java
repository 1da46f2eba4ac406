package io.sunchak.server.http.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sunchak.core.CampaignId;
import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.server.testing.Answer;
import io.sunchak.server.testing.Api;
import io.sunchak.server.testing.Call;
import io.sunchak.server.testing.Poison;
import io.sunchak.server.testing.ServerExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** The failure queue, as an operator meets it: from the refused row to the coupon. */
@ExtendWith(ServerExtension.class)
class FailureIT {
  private static final String FAILURES = "/api/v1/admin/failures";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Api api;
  private final EmbeddedEngines engines;

  FailureIT(Api api, EmbeddedEngines engines) {
    this.api = api;
    this.engines = engines;
  }

  @Test
  void a_poisoned_reservation_is_kept_and_replayed_into_the_ledger() {
    String id = "poisoned-once";
    try (var _ = poison(id, "bad%")) {
      issue(id, "ann", "bad", "cid");
      JsonNode kept = failures(id, 1).path(0);

      assertThat(kept.path("id").asString()).isEqualTo(id + ":2");
      assertThat(kept.path("userId").asString()).isEqualTo("bad");
      assertThat(kept.path("reason").asString()).contains(Poison.REASON);
      assertThat(kept.path("state").asString()).isEqualTo("OPEN");
      assertThat(kept.path("attempts").asInt()).isEqualTo(1);
      assertThat(state(id, "bad")).as("a promise still").isEqualTo("ACCEPTED");
      assertThat(numbers(id)).containsExactly(1L, 3L);

      JsonNode refused = replay(id, 2).is(409, "REPLAY_FAILED").json();
      assertThat(refused.path("detail").asString()).contains(Poison.REASON);
      assertThat(failures(id, 1).path(0).path("attempts").asInt()).isEqualTo(2);
    }

    JsonNode replayed = replay(id, 2).is(200).json();
    assertThat(replayed.path("outcome").asString()).isEqualTo("ISSUED");
    assertThat(replayed.path("userId").asString()).isEqualTo("bad");
    assertThat(replay(id, 2).is(200).json().path("outcome").asString()).isEqualTo("ALREADY_ISSUED");
    assertThat(state(id, "bad")).isEqualTo("ISSUED");
    assertThat(numbers(id)).containsExactly(1L, 2L, 3L);
    assertThat(failures(id, 0)).isEmpty();
    assertThat(api.issue(id, "bad").is(200).json().path("sequence").asLong()).isEqualTo(2);
    discard(id, 2, "too late").is(409, "ALREADY_ISSUED");
  }

  @Test
  void a_discarded_reservation_stays_discarded() {
    String id = "discarded-once";
    try (var _ = poison(id, "bad%")) {
      issue(id, "bad");
      failures(id, 1);
    }

    JsonNode discarded = discard(id, 1, "a test account").is(200).json();
    assertThat(discarded.path("state").asString()).isEqualTo("DISCARDED");
    assertThat(discard(id, 1, "again").is(200).json()).isEqualTo(discarded);
    replay(id, 1).is(409, "DISCARDED");
    assertThat(state(id, "bad")).isEqualTo("DISCARDED");
    assertThat(numbers(id)).isEmpty();
    assertThat(api.admin(Call.get(FAILURES + "?state=OPEN&campaign=" + id)).json().path("items"))
        .isEmpty();
  }

  @Test
  void all_that_match_are_counted_first_and_then_replayed() {
    String id = "poisoned-many";
    List<String> users = LongStream.rangeClosed(1, 9).mapToObj(n -> "bad" + n).toList();
    try (var _ = poison(id, "bad%")) {
      issue(id, users.toArray(String[]::new));
      failures(id, 9);
    }

    assertThat(replayAll(id, 100, true)).isEqualTo("matched=9 issued=0 failed=0 dryRun=true");
    assertThat(replayAll(id, 4, false)).isEqualTo("matched=9 issued=4 failed=0 dryRun=false");
    assertThat(numbers(id)).containsExactly(1L, 2L, 3L, 4L);
    assertThat(replayAll(id, 100, false)).isEqualTo("matched=5 issued=5 failed=0 dryRun=false");
    assertThat(replayAll(id, 100, false)).isEqualTo("matched=0 issued=0 failed=0 dryRun=false");
    assertThat(numbers(id)).hasSize(9);
  }

  @Test
  void pages_and_the_csv_hold_every_failure_once() {
    String id = "poisoned-pages";
    try (var _ = poison(id, "%")) {
      issue(id, "=1+1", "b", "c", "d", "e");
      failures(id, 5);
    }

    List<String> seen = new ArrayList<>();
    JsonNode page = api.admin(Call.get(FAILURES + "?limit=2&campaign=" + id)).is(200).json();
    while (seen.size() < 10 && !page.path("items").isEmpty()) {
      page.path("items").forEach(item -> seen.add(item.path("userId").asString()));
      String next = page.path("next").asString("");
      page = api.admin(Call.get(FAILURES + "?limit=2&campaign=" + id + "&cursor=" + next)).json();
    }
    String csv = api.admin(Call.get(FAILURES + ".csv?campaign=" + id)).is(200).text();

    assertThat(seen).containsExactly("=1+1", "b", "c", "d", "e");
    assertThat(csv)
        .startsWith("\uFEFFid,campaignId,sequence,userId,acceptedAt,reason,state,")
        .contains("\r\n" + id + ":1," + id + ",1,'=1+1,", "\r\n" + id + ":5," + id + ",5,e,");
    // A reason has lines of its own, and so stands in quotes.
    assertThat(csv.split("\r\n" + id, -1)).hasSize(6);
    assertThat(csv).contains(",\"ERROR: poisoned: b, says the test\n");
  }

  @Test
  void a_drain_that_stopped_at_too_many_bad_rows_goes_on_when_it_is_told_to() {
    String id = "poisoned-stop";
    try (var _ = poison(id, "bad%")) {
      LongStream.rangeClosed(1, 12).forEach(n -> issue(id, "bad" + n));
      issue(id, "good");
      failures(id, 10);
      assertThat(numbers(id)).as("good waits behind the eleventh").isEmpty();

      api.admin(Call.post(Api.ADMIN + "/" + id + "/drain/resume")).is(202);
      failures(id, 12);
      await().atMost(PATIENCE).until(() -> numbers(id).equals(List.of(13L)));
    }

    JsonNode acts = api.admin(Call.get("/api/v1/admin/audit?campaign=" + id)).is(200).json();
    assertThat(acts.path("items").path(0).path("action").asString()).isEqualTo("DRAIN_RESUMED");
  }

  private Poison poison(String id, String users) {
    api.create(id, null);
    return Poison.of(engines, new CampaignId(id), users);
  }

  private void issue(String id, String... users) {
    for (String user : users) {
      api.issue(id, user).is(202);
    }
  }

  /** Once there are so many. */
  private JsonNode failures(String id, int count) {
    return await()
        .atMost(PATIENCE)
        .until(
            () -> api.admin(Call.get(FAILURES + "?campaign=" + id)).is(200).json().path("items"),
            items -> items.size() == count);
  }

  private Answer replay(String id, long sequence) {
    return api.admin(Call.post(FAILURES + "/" + id + ":" + sequence + "/replay"));
  }

  private Answer discard(String id, long sequence, String reason) {
    return api.admin(
        Call.post(FAILURES + "/" + id + ":" + sequence + "/discard")
            .json(Map.of("reason", reason)));
  }

  private String replayAll(String id, int limit, boolean dryRun) {
    Map<String, Object> body =
        Map.of("campaignId", id, "reason", Poison.REASON, "limit", limit, "dryRun", dryRun);
    JsonNode done = api.admin(Call.post(FAILURES + "/replay").json(body)).is(200).json();
    return "matched=%s issued=%s failed=%s dryRun=%s"
        .formatted(
            done.path("matched"), done.path("issued"), done.path("failed"), done.path("dryRun"));
  }

  private String state(String id, String user) {
    return api.mine(id, user).is(200).json().path("state").asString();
  }

  private List<Long> numbers(String id) {
    List<Long> numbers = new ArrayList<>();
    api.admin(Call.get(Api.ADMIN + "/" + id + "/issues"))
        .is(200)
        .json()
        .path("items")
        .forEach(item -> numbers.add(item.path("sequence").asLong()));
    return numbers;
  }
}
