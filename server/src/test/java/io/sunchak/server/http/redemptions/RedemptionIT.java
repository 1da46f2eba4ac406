package io.sunchak.server.http.redemptions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sunchak.core.CodePlace;
import io.sunchak.server.codes.CouponCodes;
import io.sunchak.server.security.Role;
import io.sunchak.server.testing.Answer;
import io.sunchak.server.testing.Api;
import io.sunchak.server.testing.Call;
import io.sunchak.server.testing.ServerExtension;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** From the campaign to the redeemed coupon, as the shop's programs and its users see it. */
@ExtendWith(ServerExtension.class)
class RedemptionIT {
  private static final String PAST = "2020-01-02T00:00:00Z";
  private static final String AHEAD = "2098-01-01T00:00:00Z";

  private final Api api;

  RedemptionIT(Api api) {
    this.api = api;
  }

  private void create(String id, Map<String, ?> more) {
    Map<String, Object> fields = new HashMap<>(more);
    fields.putAll(
        Map.of(
            "id",
            id,
            "name",
            id,
            "totalStock",
            10,
            "opensAt",
            "2020-01-01T00:00:00Z",
            "closesAt",
            "2099-01-01T00:00:00Z"));
    api.admin(Call.post(Api.ADMIN).json(fields)).is(201);
  }

  /** The user's coupon, once the ledger has it. */
  private JsonNode issued(String campaign, String user) {
    api.issue(campaign, user).is(202);
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> !mine(campaign, user).path("state").asString().equals("ACCEPTED"));
    return mine(campaign, user);
  }

  private JsonNode mine(String campaign, String user) {
    return api.mine(campaign, user).is(200).json();
  }

  private Answer redeem(Map<String, ?> fields) {
    String token = api.server().with("orders", Role.REDEEMER);
    return api.send(Call.post("/api/v1/redemptions").as(token).json(fields));
  }

  private Answer redeem(String code, String order) {
    return redeem(Map.of("code", code, "orderId", order));
  }

  private Answer cancel(String id) {
    String token = api.server().with("orders", Role.REDEEMER);
    return api.send(Call.post("/api/v1/redemptions/" + id + "/cancel").as(token));
  }

  private Answer revoke(String campaign, String sequence, String reason) {
    return api.admin(
        Call.post(Api.ADMIN + "/" + campaign + "/coupons/" + sequence + "/revoke")
            .json(Map.of("reason", reason)));
  }

  @Test
  void a_coupon_goes_from_its_code_to_its_end() {
    create("whole-life", Map.of("codes", "GENERATED", "couponValidFor", "P14D"));
    JsonNode coupon = issued("whole-life", "u1");
    String code = coupon.path("code").asString();
    assertThat(coupon.path("state").asString()).isEqualTo("ISSUED");
    assertThat(Instant.parse(coupon.path("validUntil").asString()))
        .isEqualTo(Instant.parse(coupon.path("acceptedAt").asString()).plus(Duration.ofDays(14)));

    JsonNode made = redeem(code, "order-1").is(201).json();
    Answer again = redeem(code.toLowerCase(Locale.ROOT), "order-1").is(200);
    JsonNode taken = redeem(code, "order-2").is(409, "REDEEMED").json();

    assertThat(again.json()).isEqualTo(made);
    assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
    assertThat(made.path("userId").asString()).isEqualTo("u1");
    assertThat(taken.path("at")).isEqualTo(made.path("redeemedAt"));
    assertThat(mine("whole-life", "u1").path("state").asString()).isEqualTo("REDEEMED");
    assertThat(mine("whole-life", "u1").path("redeemedAt")).isEqualTo(made.path("redeemedAt"));
    revoke("whole-life", "1", "early").is(409, "REDEEMED");

    JsonNode freed = cancel(made.path("id").asString()).is(200).json();
    assertThat(cancel(made.path("id").asString()).is(200).json()).isEqualTo(freed);
    redeem(code, "order-1").is(409, "REDEMPTION_CANCELLED");
    assertThat(mine("whole-life", "u1").path("state").asString()).isEqualTo("ISSUED");

    JsonNode revoked = revoke("whole-life", "1", "a stolen card").is(200).json();
    assertThat(revoke("whole-life", "1", "other").is(200).json()).isEqualTo(revoked);
    redeem(code, "order-3").is(409, "REVOKED");
    assertThat(mine("whole-life", "u1").path("revokedAt")).isEqualTo(revoked.path("revokedAt"));
    assertThat(mine("whole-life", "u1").path("code").asString()).isEqualTo(code);
    shownNowhereElse("whole-life", code);
  }

  private void shownNowhereElse(String campaign, String code) {
    String list = api.admin(Call.get(Api.ADMIN + "/" + campaign + "/issues")).is(200).text();
    String csv = api.admin(Call.get(Api.ADMIN + "/" + campaign + "/issues.csv")).is(200).text();
    String audit = api.admin(Call.get("/api/v1/admin/audit?campaign=" + campaign)).is(200).text();

    assertThat(list).contains("\"state\":\"REVOKED\"");
    assertThat(csv).contains(",REVOKED\r\n");
    assertThat(audit)
        .contains("COUPON_REDEEMED", "REDEMPTION_CANCELLED", "COUPON_REVOKED", "order-1");
    for (String part : code.split("-", -1)) {
      assertThat(List.of(list, csv, audit)).noneMatch(text -> text.contains(part));
    }
  }

  @Test
  void an_order_may_name_a_user_and_have_several_coupons() {
    create("by-user", Map.of());
    assertThat(issued("by-user", "u1").has("code")).isFalse();
    issued("by-user", "u2");

    for (String user : List.of("u1", "u2")) {
      Map<String, String> order =
          Map.of("campaignId", "by-user", "userId", user, "orderId", "order-1");
      assertThat(redeem(order).is(201).json().path("userId").asString()).isEqualTo(user);
    }
    redeem(Map.of("campaignId", "by-user", "userId", "u3", "orderId", "o"))
        .is(404, "COUPON_NOT_FOUND");
    redeem(Map.of("campaignId", "nobodys", "userId", "u1", "orderId", "o"))
        .is(404, "COUPON_NOT_FOUND");
  }

  @Test
  void whatever_is_wrong_with_a_code_is_answered_alike() {
    create("guessed", Map.of("codes", "GENERATED"));
    String code = issued("guessed", "u1").path("code").asString();
    CouponCodes codes = api.server().bean(CouponCodes.class);
    var place = codes.read(code);
    String next = codes.of(new CodePlace(place.space(), place.sequence() + 1)).orElseThrow();
    char last = code.charAt(code.length() - 1);
    String mistyped = code.substring(0, code.length() - 1) + (last == '0' ? '1' : '0');

    List<String> answers =
        List.of(next, mistyped, "2" + code.substring(1), "x", "가나다").stream()
            .map(wrong -> redeem(wrong, "order-1").is(404, "COUPON_NOT_FOUND").text())
            .distinct()
            .toList();

    assertThat(answers).hasSize(1);
    redeem(code, "order-1").is(201);
  }

  @Test
  void outside_its_validity_a_coupon_is_refused_with_the_time() {
    create("too-early", Map.of("couponValidFrom", AHEAD));
    create("too-late", Map.of("couponValidUntil", PAST));
    issued("too-early", "u1");

    assertThat(issued("too-late", "u1").path("state").asString()).isEqualTo("EXPIRED");
    assertThat(
            redeem(Map.of("campaignId", "too-early", "userId", "u1", "orderId", "o"))
                .is(409, "NOT_VALID_YET")
                .json()
                .path("at")
                .asString())
        .isEqualTo(AHEAD);
    assertThat(
            redeem(Map.of("campaignId", "too-late", "userId", "u1", "orderId", "o"))
                .is(409, "EXPIRED")
                .json()
                .path("at")
                .asString())
        .isEqualTo(PAST);
  }

  @Test
  void from_the_first_coupon_on_a_validity_is_extended_alone() {
    create("extended", Map.of("codes", "GENERATED", "couponValidUntil", AHEAD));
    api.patch("extended", Map.of("couponValidUntil", "2097-01-01T00:00:00Z")).is(200);
    issued("extended", "u1");

    api.patch("extended", Map.of("couponValidUntil", "2096-01-01T00:00:00Z"))
        .is(409, "SHORTENS_VALIDITY");
    api.patch("extended", Map.of("couponValidFrom", PAST)).is(409, "SHORTENS_VALIDITY");
    api.patch("extended", Map.of("codes", "NONE")).is(409, "ALREADY_OPENED");
    api.ask("close", "extended").is(200);
    api.patch("extended", Map.of("couponValidUntil", AHEAD)).is(200);

    assertThat(mine("extended", "u1").path("validUntil").asString()).isEqualTo(AHEAD);
    assertThat(api.admin(Call.get("/api/v1/admin/audit?campaign=extended")).is(200).text())
        .contains("coupons valid until 2097-01-01T00:00:00Z → until " + AHEAD);
  }

  @Test
  void a_campaign_comes_back_as_it_was_given_and_may_get_codes_later() {
    create("later-codes", Map.of("couponValidFrom", PAST, "couponValidFor", "PT36H"));
    issued("later-codes", "u1");
    JsonNode read = api.campaign("later-codes");

    assertThat(read.path("codes").asString()).isEqualTo("NONE");
    assertThat(read.path("couponValidFrom").asString()).isEqualTo(PAST);
    assertThat(read.path("couponValidUntil").isNull()).isTrue();
    assertThat(read.path("couponValidFor").asString()).isEqualTo("P1DT12H");
    String version = "\"" + read.path("version").asLong() + "\"";
    Call patch = Call.patch(Api.ADMIN + "/later-codes").with("If-Match", version);
    assertThat(api.admin(patch.body(read.toString())).is(200).json().path("version"))
        .isEqualTo(read.path("version"));
    api.patch("later-codes", Map.of("codes", "GENERATED")).is(200);
    assertThat(mine("later-codes", "u1").path("code").asString()).hasSize(20);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'orderId':'o'}",
        "{'code':'x'}",
        "{'code':'x','orderId':''}",
        "{'code':'x','orderId':'two words'}",
        "{'code':'','orderId':'o'}",
        "{'code':'x','campaignId':'c','userId':'u','orderId':'o'}",
        "{'campaignId':'c','orderId':'o'}",
        "{'campaignId':'C','userId':'u','orderId':'o'}",
        "{'userId':'u','orderId':'o'}",
        "{'code':1,'orderId':'o'}",
        "{'code':'x','orderId':'o','more':1}"
      })
  void an_order_that_cannot_be_read_changes_nothing(String body) {
    String token = api.server().with("orders", Role.REDEEMER);
    Answer answer =
        api.send(Call.post("/api/v1/redemptions").as(token).body(body.replace('\'', '"')));

    assertThat(answer.status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"x", "nobodys:1:1", "nobodys:0:1", "nobodys:1", "a:1:99999999999", "-:1:1"})
  void an_id_of_no_redemption_is_not_found(String id) {
    cancel(id).is(404, "NOT_FOUND");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "0", "x", "-1", "9999999999999999999"})
  void a_coupon_that_is_not_there_is_not_revoked(String sequence) {
    revoke("nobodys", sequence, "why").is(404, "COUPON_NOT_FOUND");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'couponValidFor':'P1M'",
        "'couponValidFor':'P'",
        "'couponValidFor':'PT'",
        "'couponValidFor':'P0D'",
        "'couponValidFor':'-P1D'",
        "'couponValidFor':'P99999W'",
        "'couponValidFor':'P1D','couponValidUntil':'2098-01-01T00:00:00Z'",
        "'couponValidFrom':'2098-01-01T00:00:00Z','couponValidUntil':'2098-01-01T00:00:00Z'",
        "'couponValidUntil':'tomorrow'",
        "'codes':'IMPORTED'"
      })
  void a_validity_that_is_none_is_refused_by_its_field(String field) {
    String body =
        "{'id':'never','name':'n','totalStock':1,'opensAt':'2020-01-01T00:00:00Z','closesAt':'2099-01-01T00:00:00Z',%s}"
            .formatted(field);

    JsonNode problem =
        api.admin(Call.post(Api.ADMIN).body(body.replace('\'', '"'))).is(400, "INVALID").json();

    assertThat(field).contains(problem.path("errors").path(0).path("field").asString());
  }
}
