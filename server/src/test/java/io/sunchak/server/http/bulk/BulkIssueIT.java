package io.sunchak.server.http.bulk;

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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An apology after an incident. */
@ExtendWith(ServerExtension.class)
class BulkIssueIT {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Api api;

  BulkIssueIT(Api api) {
    this.api = api;
  }

  private Answer send(String campaign, String body) {
    return api.admin(
        Call.post(Api.ADMIN + "/" + campaign + "/issues")
            .with("Content-Type", "application/x-ndjson")
            .body(body));
  }

  private List<JsonNode> issue(String campaign, List<String> users) {
    String body = users.stream().map(JSON::writeValueAsString).collect(Collectors.joining("\n"));
    return send(campaign, body).is(200).text().lines().map(JSON::readTree).toList();
  }

  private static List<String> users(int from, int to) {
    return IntStream.rangeClosed(from, to).mapToObj(i -> "u" + i).toList();
  }

  private static List<String> outcomes(List<JsonNode> lines) {
    return lines.stream().map(line -> line.path("outcome").asString()).toList();
  }

  private List<String> audits(String campaign) {
    JsonNode page = api.admin(Call.get("/api/v1/admin/audit?campaign=" + campaign)).is(200).json();
    return page.path("items")
        .valueStream()
        .filter(act -> act.path("action").asString().equals("COUPONS_ISSUED"))
        .map(act -> act.path("detail").asString())
        .toList();
  }

  @Test
  void each_user_gets_a_number_in_the_order_of_the_lines_and_keeps_it_when_asked_again() {
    api.create("bulk-order", 2_000);
    List<String> users = users(1, 1_000);

    List<JsonNode> first = issue("bulk-order", users);
    List<JsonNode> again = issue("bulk-order", users);

    assertThat(first).extracting(line -> line.path("userId").asString()).isEqualTo(users);
    assertThat(first)
        .extracting(line -> line.path("line").asInt())
        .isEqualTo(IntStream.rangeClosed(1, 1_000).boxed().toList());
    assertThat(first)
        .extracting(line -> line.path("sequence").asInt())
        .isEqualTo(IntStream.rangeClosed(1, 1_000).boxed().toList());
    assertThat(outcomes(first)).containsOnly("ACCEPTED");
    assertThat(outcomes(again)).containsOnly("ALREADY");
    assertThat(again)
        .extracting(line -> line.path("sequence").asInt())
        .isEqualTo(IntStream.rangeClosed(1, 1_000).boxed().toList());
    assertThat(api.mine("bulk-order", "u1000").is(200).json().path("sequence").asInt())
        .isEqualTo(1_000);
    assertThat(audits("bulk-order"))
        .containsExactly("1000 of 1000 users: ALREADY 1000", "1000 of 1000 users: ACCEPTED 1000");
  }

  @Test
  void the_stock_is_the_bound_and_a_raise_lets_the_call_go_on() {
    api.create("bulk-stock", 3);
    api.issue("bulk-stock", "before").is(202);

    List<JsonNode> lines = issue("bulk-stock", List.of("a", "a", "before", "b", "c", "a"));
    assertThat(outcomes(lines))
        .containsExactly("ACCEPTED", "ALREADY", "ALREADY", "ACCEPTED", "SOLD_OUT", "ALREADY");
    assertThat(lines.get(4).has("sequence")).isFalse();
    assertThat(audits("bulk-stock"))
        .containsExactly("6 of 6 users: ACCEPTED 2, ALREADY 3, SOLD_OUT 1");

    api.patch("bulk-stock", Map.of("totalStock", 4)).is(200);
    await()
        .atMost(PATIENCE)
        .until(() -> outcomes(issue("bulk-stock", List.of("c"))).getFirst().equals("ACCEPTED"));
  }

  /** Ten thousand lines, which take more than the body of any other call. */
  @Test
  void ten_thousand_are_taken_and_one_more_is_not() {
    api.create("bulk-most", null);
    String body =
        users(1, 10_001).stream().map(JSON::writeValueAsString).collect(Collectors.joining("\n"));

    send("bulk-most", body).is(413, "TOO_LARGE");
    assertThat(api.campaign("bulk-most").path("issued").asInt()).isZero();
    assertThat(outcomes(issue("bulk-most", users(1, 10_000))))
        .hasSize(10_000)
        .containsOnly("ACCEPTED");
    send("bulk-most", "\"" + "x".repeat(2_000_000) + "\"").is(413, "TOO_LARGE");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "",
        " ",
        "42",
        "null",
        "{\"userId\":\"u3\"}",
        "[\"u3\"]",
        "\"\"",
        "\"a b\"",
        "\"쿠폰\"",
        "\"u3\" \"u4\"",
        "\"u3"
      })
  void with_a_bad_line_nothing_is_issued_and_its_number_is_told(String bad) {
    api.create("bulk-bad-" + Integer.toHexString(bad.hashCode()), 10);
    String campaign = "bulk-bad-" + Integer.toHexString(bad.hashCode());

    JsonNode problem =
        send(campaign, "\"u1\"\n\"u2\"\r\n" + bad + "\n\"u5\"\n").is(400, "INVALID").json();

    assertThat(problem.path("errors")).hasSize(1);
    assertThat(problem.path("errors").path(0).path("field").asString()).isEqualTo("line 3");
    assertThat(api.campaign(campaign).path("issued").asInt()).isZero();
    assertThat(audits(campaign)).isEmpty();
  }

  @Test
  void many_bad_lines_are_told_by_the_first_of_them() {
    api.create("bulk-all-bad", 10);

    JsonNode problem = send("bulk-all-bad", "x\n".repeat(500)).is(400, "INVALID").json();

    assertThat(problem.path("errors")).hasSize(20);
    assertThat(problem.path("errors").path(19).path("field").asString()).isEqualTo("line 20");
    send("bulk-all-bad", "").is(400, "INVALID");
  }

  @ParameterizedTest
  @CsvSource({"pause, PAUSED", "close, CLOSED"})
  void who_has_one_keeps_it_and_who_has_none_is_refused_as_everybody(String verb, String outcome) {
    String campaign = "bulk-" + verb;
    api.create(campaign, 10);
    api.issue(campaign, "ann").is(202);
    api.ask(verb, campaign).is(200);

    assertThat(outcomes(issue(campaign, List.of("ann", "ben"))))
        .containsExactly("ALREADY", outcome);
  }

  @Test
  void before_the_opening_the_lines_say_so() {
    api.create("bulk-early", 10, "2098-01-01T00:00:00Z", "2099-01-01T00:00:00Z");

    assertThat(outcomes(issue("bulk-early", List.of("ann")))).containsExactly("NOT_OPEN");
  }

  @Test
  void an_administrator_decides_past_the_eligibility() {
    Map<String, Object> fields = new HashMap<>();
    fields.put("id", "bulk-gold");
    fields.put("name", "bulk-gold");
    fields.put("totalStock", 10);
    fields.put("opensAt", "2020-01-01T00:00:00Z");
    fields.put("closesAt", "2099-01-01T00:00:00Z");
    fields.put("eligibility", Map.of("claim", "tier", "in", List.of("gold")));
    api.admin(Call.post(Api.ADMIN).json(fields)).is(201);
    api.issue("bulk-gold", "ann").is(403, "NOT_ELIGIBLE");

    assertThat(outcomes(issue("bulk-gold", List.of("ann")))).containsExactly("ACCEPTED");
    api.issue("bulk-gold", "ann").is(200);
  }

  @Test
  void a_discarded_number_is_no_coupon(EmbeddedEngines engines) {
    api.create("bulk-discarded", 10);
    try (var _ = Poison.of(engines, new CampaignId("bulk-discarded"), "bad")) {
      assertThat(outcomes(issue("bulk-discarded", List.of("bad")))).containsExactly("ACCEPTED");
      await()
          .atMost(PATIENCE)
          .until(() ->
              api.admin(
                          Call.post("/api/v1/admin/failures/bulk-discarded:1/discard")
                              .json(Map.of("reason", "a test")))
                      .status()
                  == 200);
    }

    assertThat(outcomes(issue("bulk-discarded", List.of("bad", "good"))))
        .containsExactly("DISCARDED", "ACCEPTED");
  }

  @Test
  void an_archived_campaign_and_one_that_is_none_are_refused_whole() {
    send("bulk-nowhere", "\"ann\"").is(404, "CAMPAIGN_NOT_FOUND");
    api.create("bulk-archived", 10);
    api.ask("close", "bulk-archived").is(200);
    await().atMost(PATIENCE).until(() -> api.ask("archive", "bulk-archived").status() == 200);

    send("bulk-archived", "\"ann\"").is(409, "ARCHIVED");
  }
}
