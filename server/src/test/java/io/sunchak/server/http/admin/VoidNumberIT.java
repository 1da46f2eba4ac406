package io.sunchak.server.http.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.server.testing.Answer;
import io.sunchak.server.testing.Api;
import io.sunchak.server.testing.Call;
import io.sunchak.server.testing.ServerExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/**
 * A number whose holder nobody knows any more, from the resync that finds it to every place where
 * it could be seen: it is in the list of failures, and it is nobody's.
 */
@ExtendWith(ServerExtension.class)
class VoidNumberIT {
  private static final String ID = "void-number";
  private static final String FAILURES = "/api/v1/admin/failures";
  private static final String REASON = "no holder of this number is known";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Api api;
  private final EmbeddedEngines engines;

  VoidNumberIT(Api api, EmbeddedEngines engines) {
    this.api = api;
    this.engines = engines;
  }

  @Test
  void is_in_the_list_of_failures_and_nobodys() {
    api.create(ID, 4);
    api.issue(ID, "first").is(202);
    await().atMost(PATIENCE).until(() -> state("first").equals("ISSUED"));
    loseTheHolderOfTwo();
    await().atMost(PATIENCE).until(() -> state("third").equals("ISSUED"));

    assertOperatorsSee();
    assertNobodyHasIt();
    assertItCountsAsGiven();
    assertNothingMakesItACoupon();
  }

  /** Redis knows that three were given, and of the second nothing. A resync then asks everybody. */
  private void loseTheHolderOfTwo() {
    try (RedisClient client = RedisClient.create(engines.redisUri())) {
      RedisCommands<String, String> redis = client.connect().sync();
      redis.hset("{c:" + ID + "}:issued", "third", "3");
      redis.del("{c:" + ID + "}:meta");
    }
    await().atMost(PATIENCE).until(() -> api.issue(ID, "first").status() == 200);
  }

  private void assertOperatorsSee() {
    JsonNode kept = failures("").path(0);
    assertThat(kept.path("id").asString()).isEqualTo(ID + ":2");
    assertThat(kept.path("state").asString()).isEqualTo("VOID");
    assertThat(kept.path("reason").asString()).isEqualTo(REASON);
    assertThat(failures("&state=VOID")).containsExactly(kept);
    assertThat(failures("&state=OPEN")).isEmpty();
    assertThat(failures("&state=DISCARDED")).isEmpty();
    assertThat(api.admin(Call.get(FAILURES + ".csv?campaign=" + ID)).is(200).text())
        .contains("\r\n" + ID + ":2," + ID + ",2,void 2,", "," + REASON + ",VOID,");
  }

  private void assertNobodyHasIt() {
    assertThat(sequence(api.issue(ID, "first").is(200))).isEqualTo(1);
    assertThat(sequence(api.issue(ID, "third").is(200))).isEqualTo(3);
    assertThat(sequence(api.mine(ID, "third").is(200))).isEqualTo(3);
    api.mine(ID, "second").is(404, "NOT_ISSUED");
    JsonNode nobody = api.admin(Call.get(Api.ADMIN + "/" + ID + "/users/void%202")).is(200).json();
    assertThat(nobody.path("outcome").asString()).isEqualTo("NOT_ISSUED");
  }

  private void assertItCountsAsGiven() {
    assertThat(api.campaign(ID).path("issued").asInt()).isEqualTo(3);
    assertThat(api.campaign(ID).path("remaining").asInt()).isEqualTo(1);
    assertThat(sequence(api.issue(ID, "second").is(202))).as("not the void one").isEqualTo(4);
    api.issue(ID, "late").is(409, "SOLD_OUT");
    await().atMost(PATIENCE).until(() -> state("second").equals("ISSUED"));
    assertThat(numbers()).containsExactly(1L, 3L, 4L);
    assertThat(api.admin(Call.get(Api.ADMIN + "/" + ID + "/issues.csv")).is(200).text())
        .contains("\r\n1,first,", "\r\n3,third,", "\r\n4,second,")
        .doesNotContain("void");
  }

  private void assertNothingMakesItACoupon() {
    Answer replay = api.admin(Call.post(FAILURES + "/" + ID + ":2/replay")).is(409, "DISCARDED");
    assertThat(replay.json().path("detail").asString()).isEqualTo(REASON);
    Call discard = Call.post(FAILURES + "/" + ID + ":2/discard").json(Map.of("reason", "a test"));
    assertThat(api.admin(discard).is(409, "DISCARDED").json().path("detail").asString())
        .isEqualTo(REASON);
    Map<String, Object> all = Map.of("campaignId", ID, "limit", 10, "dryRun", false);
    JsonNode replayed = api.admin(Call.post(FAILURES + "/replay").json(all)).is(200).json();
    assertThat(replayed.path("matched").asInt()).isZero();
    assertThat(failures("&state=VOID")).hasSize(1);
  }

  private JsonNode failures(String more) {
    return api.admin(Call.get(FAILURES + "?campaign=" + ID + more)).is(200).json().path("items");
  }

  private String state(String user) {
    return api.mine(ID, user).json().path("state").asString("");
  }

  private static long sequence(Answer answer) {
    return answer.json().path("sequence").asLong();
  }

  private List<Long> numbers() {
    List<Long> numbers = new ArrayList<>();
    JsonNode page = api.admin(Call.get(Api.ADMIN + "/" + ID + "/issues")).is(200).json();
    page.path("items").forEach(item -> numbers.add(item.path("sequence").asLong()));
    return numbers;
  }
}
