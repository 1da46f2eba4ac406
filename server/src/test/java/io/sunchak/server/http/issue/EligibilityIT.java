package io.sunchak.server.http.issue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.server.testing.Answer;
import io.sunchak.server.testing.Api;
import io.sunchak.server.testing.Call;
import io.sunchak.server.testing.LiveServer;
import io.sunchak.server.testing.ServerExtension;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** Campaigns that are for some users only. */
@ExtendWith(ServerExtension.class)
class EligibilityIT {
  private static final Map<String, Object> GOLD = Map.of("claim", "tier", "in", List.of("gold"));
  private static final String OPENED = "2020-01-01T00:00:00Z";
  private static final String AHEAD = "2098-01-01T00:00:00Z";
  private static final String END = "2099-01-01T00:00:00Z";

  private final Api api;

  EligibilityIT(Api api) {
    this.api = api;
  }

  @Test
  void only_who_has_the_claim_gets_a_coupon() {
    create("eligible-for-gold", 10, OPENED, GOLD);

    issue("eligible-for-gold", "plain").is(403, "NOT_ELIGIBLE");
    issue("eligible-for-gold", "silver", "silver").is(403, "NOT_ELIGIBLE");
    issue("eligible-for-gold", "gold", "gold").is(202);
    issue("eligible-for-gold", "both", "silver", "gold").is(202);

    assertThat(api.campaign("eligible-for-gold").path("issued").asInt()).isEqualTo(2);
  }

  @Test
  void everybody_can_see_whose_it_is() {
    create("eligible-shown-gold", 10, OPENED, GOLD);
    api.create("eligible-shown-all", 10);

    Answer gold = api.get(Api.CAMPAIGNS + "/eligible-shown-gold").is(200);
    assertThat(gold.json().path("eligibility").toString())
        .isEqualTo("{\"claim\":\"tier\",\"in\":[\"gold\"]}");
    assertThat(api.get(Api.CAMPAIGNS + "/eligible-shown-all").json().path("eligibility").isNull())
        .isTrue();
  }

  /** Before the opening and after the stock is given Redis is not asked; the answer is the same. */
  @ParameterizedTest
  @CsvSource({"scheduled, NOT_OPEN", "paused, PAUSED", "sold-out, SOLD_OUT", "closed, CLOSED"})
  void it_is_told_before_what_the_state_refuses(String state, String code) {
    String id = "state-" + state;
    create(id, 1, state.equals("scheduled") ? AHEAD : OPENED, GOLD);
    switch (state) {
      case "paused" -> api.ask("pause", id).is(200);
      case "closed" -> api.ask("close", id).is(200);
      case "sold-out" -> issue(id, "first", "gold").is(202);
      default -> {}
    }
    for (int i = 0; i < 3; i++) {
      issue(id, "gold-" + i, "gold").is(409, code);
      issue(id, "plain-" + i).is(403, "NOT_ELIGIBLE");
    }
  }

  @Test
  void who_holds_a_coupon_keeps_it_whatever_changes() {
    api.create("eligible-kept", 10);
    issue("eligible-kept", "ann").is(202);
    issue("eligible-kept", "bob", "gold").is(202);

    patch("eligible-kept", GOLD).is(200);

    issue("eligible-kept", "ann").is(200);
    issue("eligible-kept", "bob", "gold").is(200);
    issue("eligible-kept", "bob", "silver").is(200);
    issue("eligible-kept", "bob").is(200);
    issue("eligible-kept", "cat").is(403, "NOT_ELIGIBLE");
    api.mine("eligible-kept", "ann").is(200);

    api.patch("eligible-kept", Map.of("totalStock", 2)).is(200);
    issue("eligible-kept", "dan", "gold").is(409, "SOLD_OUT");
    issue("eligible-kept", "ann").is(200);
    issue("eligible-kept", "cat").is(403, "NOT_ELIGIBLE");
  }

  @Test
  void it_can_be_changed_and_removed() {
    create("eligible-changed", 10, OPENED, GOLD);
    issue("eligible-changed", "ann", "silver").is(403, "NOT_ELIGIBLE");

    patch("eligible-changed", Map.of("claim", "tier", "in", List.of("gold", "silver"))).is(200);
    issue("eligible-changed", "ann", "silver").is(202);
    patch("eligible-changed", GOLD).is(200);
    issue("eligible-changed", "bob", "silver").is(403, "NOT_ELIGIBLE");
    patch("eligible-changed", null).is(200);
    issue("eligible-changed", "bob", "silver").is(202);

    assertThat(audited("eligible-changed"))
        .contains("eligibility tier in [gold] → tier in [gold, silver]")
        .contains("eligibility tier in [gold] → all");
  }

  @Test
  void the_same_again_changes_nothing() {
    create("eligible-same", 10, OPENED, GOLD);
    assertThat(patch("eligible-same", GOLD).is(200).json().path("version").asInt()).isEqualTo(1);
  }

  /** Its first request comes before it has looked at the campaign. */
  @Test
  void a_server_that_does_not_know_the_campaign_yet_lets_nobody_in(EmbeddedEngines engines) {
    create("eligible-cold", 10, OPENED, GOLD);
    issue("eligible-cold", "warm", "gold").is(202);
    try (LiveServer other = LiveServer.start(engines)) {
      for (int i = 0; i < 20; i++) {
        Answer answer = issueAt(other, "eligible-cold", "plain-" + i);
        assertThat(answer.status()).isIn(403, 503);
      }
    }
    assertThat(api.campaign("eligible-cold").path("issued").asInt()).isEqualTo(1);
  }

  /** No waiting: what the other server knows is old, and Redis says so. */
  @Test
  void once_a_change_is_answered_no_server_accepts_by_the_one_before(EmbeddedEngines engines) {
    api.create("eligible-spread", 1_000);
    try (LiveServer other = LiveServer.start(engines)) {
      issueAt(other, "eligible-spread", "early").is(202);
      for (int round = 0; round < 5; round++) {
        patch("eligible-spread", Map.of("claim", "tier", "in", List.of("gold", "r" + round)))
            .is(200);
        assertThat(issueAt(other, "eligible-spread", "plain-" + round).status()).isIn(403, 503);
        patch("eligible-spread", null).is(200);
      }
    }
    assertThat(api.campaign("eligible-spread").path("issued").asInt()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"claim\":\"\",\"in\":[\"x\"]}",
        "{\"claim\":\" \",\"in\":[\"x\"]}",
        "{\"in\":[\"x\"]}",
        "{\"claim\":\"tier\"}",
        "{\"claim\":\"tier\",\"in\":[]}",
        "{\"claim\":\"tier\",\"in\":[\"\"]}",
        "{\"claim\":\"tier\",\"in\":[\"x\",\"x\"]}",
        "{\"claim\":\"tier\",\"in\":[\"a\\u0000\"]}"
      })
  void what_cannot_be_met_is_refused(String eligibility) {
    body(eligibility).is(400, "INVALID");
  }

  @Test
  void bounds_are_kept() {
    body(json("c".repeat(129), List.of("x"))).is(400, "INVALID");
    body(json("tier", List.of("x".repeat(65)))).is(400, "INVALID");
    List<String> many = java.util.stream.IntStream.range(0, 33).mapToObj(i -> "v" + i).toList();
    body(json("tier", many)).is(400, "INVALID");
    create(
        "eligible-widest",
        1,
        OPENED,
        Map.of("claim", "https://shop.example/" + "c".repeat(107), "in", many.subList(0, 32)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"gold\"",
        "[]",
        "{\"claim\":1,\"in\":[\"x\"]}",
        "{\"claim\":\"tier\",\"in\":\"x\"}",
        "{\"claim\":\"tier\",\"in\":[1]}",
        "{\"claim\":\"tier\",\"in\":[\"x\"],\"not\":[\"y\"]}"
      })
  void other_forms_are_malformed(String eligibility) {
    body(eligibility).is(400, "MALFORMED");
  }

  private Answer body(String eligibility) {
    String json =
        "{\"id\":\"refused\",\"name\":\"n\",\"totalStock\":1,\"opensAt\":\"%s\",\"closesAt\":\"%s\",\"eligibility\":%s}"
            .formatted(OPENED, END, eligibility);
    return api.admin(Call.post(Api.ADMIN).with("Content-Type", "application/json").body(json));
  }

  private static String json(String claim, List<String> in) {
    return JsonMapper.shared().writeValueAsString(Map.of("claim", claim, "in", in));
  }

  private void create(String id, int stock, String opensAt, Map<String, Object> eligibility) {
    Map<String, Object> fields =
        Map.of(
            "id", id,
            "name", "Campaign " + id,
            "totalStock", stock,
            "opensAt", opensAt,
            "closesAt", END,
            "eligibility", eligibility);
    api.admin(Call.post(Api.ADMIN).json(fields)).is(201);
  }

  private Answer patch(String id, @Nullable Map<String, Object> eligibility) {
    Map<String, @Nullable Object> fields = new HashMap<>();
    fields.put("eligibility", eligibility);
    return api.patch(id, fields);
  }

  private String audited(String id) {
    return api.admin(Call.get("/api/v1/admin/audit?campaign=" + id)).is(200).text();
  }

  /** Presses again at a 503, as a client does: the server may not have heard of a change yet. */
  private Answer issue(String campaign, String user, String... tiers) {
    return await()
        .pollDelay(Duration.ZERO)
        .until(
            () -> issueAt(api.server(), campaign, user, tiers), answer -> answer.status() != 503);
  }

  private static Answer issueAt(LiveServer server, String campaign, String user, String... tiers) {
    Map<String, List<String>> claims =
        tiers.length == 0 ? Map.of() : Map.of("tier", List.of(tiers));
    String token = server.signer().sign(user, List.of(), claims, Duration.ofHours(1));
    return new Api(server).send(Call.post(Api.CAMPAIGNS + "/" + campaign + "/issues").as(token));
  }
}
