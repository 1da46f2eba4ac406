package io.sunchak.server.http.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sunchak.core.CampaignId;
import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.server.security.Role;
import io.sunchak.server.testing.Answer;
import io.sunchak.server.testing.Api;
import io.sunchak.server.testing.Call;
import io.sunchak.server.testing.Poison;
import io.sunchak.server.testing.ServerExtension;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
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

/** The answer to "why didn't I get it?". */
@ExtendWith(ServerExtension.class)
class UserIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Api api;

  UserIT(Api api) {
    this.api = api;
  }

  @Test
  void who_came_too_late_is_told_what_was_given_last_and_when() {
    api.create("looked-up", 2);
    api.issue("looked-up", "first").is(202);
    JsonNode second = api.issue("looked-up", "second").is(202).json();
    api.issue("looked-up", "late").is(409, "SOLD_OUT");
    awaitOutcome("looked-up", "second", "ISSUED");

    JsonNode late = look("looked-up", "late");

    assertThat(late.path("outcome").asString()).isEqualTo("NOT_ISSUED");
    assertThat(late.path("last").path("sequence").asLong()).isEqualTo(2);
    assertThat(late.path("last").path("acceptedAt")).isEqualTo(second.path("acceptedAt"));
    assertThat(late.path("campaign").path("state").asString()).isEqualTo("SOLD_OUT");
    assertThat(late.path("campaign").path("issued").asLong()).isEqualTo(2);
    assertThat(Instant.parse(late.path("serverTime").asString()))
        .isAfterOrEqualTo(Instant.parse(second.path("acceptedAt").asString()));
  }

  @Test
  void who_has_one_is_told_its_number_and_times() {
    api.create("looked-up-holder", 2);
    JsonNode accepted = api.issue("looked-up-holder", "ann").is(202).json();

    JsonNode found = awaitOutcome("looked-up-holder", "ann", "ISSUED");

    assertThat(found.path("sequence").asLong()).isEqualTo(1);
    assertThat(found.path("acceptedAt")).isEqualTo(accepted.path("acceptedAt"));
    assertThat(found.has("issuedAt")).isTrue();
  }

  @Test
  void the_state_of_a_coupon_is_told_with_the_id_that_cancels_its_redemption() {
    createWithCodes("looked-up-coupon");
    api.issue("looked-up-coupon", "ann").is(202);
    JsonNode issued = awaitOutcome("looked-up-coupon", "ann", "ISSUED").path("coupon");
    assertThat(issued.path("state").asString()).isEqualTo("ISSUED");
    assertThat(issued.has("validUntil")).isTrue();
    assertThat(issued.has("redemption") || issued.has("revocation")).isFalse();

    JsonNode made =
        redeem(Map.of("campaignId", "looked-up-coupon", "userId", "ann", "orderId", "o-1"));
    JsonNode redeemed = look("looked-up-coupon", "ann").path("coupon");
    assertThat(redeemed.path("state").asString()).isEqualTo("REDEEMED");
    assertThat(redeemed.path("redemption").path("orderId").asString()).isEqualTo("o-1");
    assertThat(redeemed.path("redemption").path("redeemedAt")).isEqualTo(made.path("redeemedAt"));

    String id = redeemed.path("redemption").path("id").asString();
    api.admin(Call.post("/api/v1/redemptions/" + id + "/cancel")).is(200);
    assertThat(look("looked-up-coupon", "ann").path("coupon")).isEqualTo(issued);

    api.admin(
            Call.post(Api.ADMIN + "/looked-up-coupon/coupons/1/revoke")
                .json(Map.of("reason", "a stolen card")))
        .is(200);
    JsonNode revoked = look("looked-up-coupon", "ann").path("coupon");
    assertThat(revoked.path("state").asString()).isEqualTo("REVOKED");
    assertThat(revoked.path("revocation").path("reason").asString()).isEqualTo("a stolen card");
    assertThat(revoked.has("redemption")).isFalse();
  }

  @Test
  void a_code_leads_to_its_holder_however_it_is_typed() {
    createWithCodes("looked-up-code");
    api.issue("looked-up-code", "ann").is(202);
    api.issue("looked-up-code", "ben").is(202);
    JsonNode ben = awaitOutcome("looked-up-code", "ben", "ISSUED");
    String code = api.mine("looked-up-code", "ben").is(200).json().path("code").asString();
    String typed =
        code.toLowerCase(Locale.ROOT).replace("-", " ").replace('0', 'o').replace('1', 'l');

    for (String shown : List.of(code, typed)) {
      JsonNode found = byCode(shown).is(200).json();
      assertThat(found.path("campaignId").asString()).isEqualTo("looked-up-code");
      assertThat(found.path("userId").asString()).isEqualTo("ben");
      assertThat(found.path("sequence").asLong()).isEqualTo(2);
      assertThat(found.path("coupon")).isEqualTo(ben.path("coupon"));
    }
    assertThat(byCode(typed).text()).doesNotContain(code);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1ZK3TQ-8W0H5D-7M9XVC", "x", "쿠폰"})
  void what_is_no_coupons_code_leads_to_nobody(String code) {
    byCode(code).is(404, "COUPON_NOT_FOUND");
  }

  private Answer byCode(String code) {
    String token = api.server().with("a-viewer", Role.VIEWER);
    return api.send(Call.post("/api/v1/admin/codes/look-up").as(token).json(Map.of("code", code)));
  }

  private JsonNode redeem(Map<String, ?> fields) {
    return api.admin(Call.post("/api/v1/redemptions").json(fields)).is(201).json();
  }

  private void createWithCodes(String id) {
    Map<String, Object> fields = new HashMap<>();
    fields.put("id", id);
    fields.put("name", id);
    fields.put("totalStock", 10);
    fields.put("opensAt", "2020-01-01T00:00:00Z");
    fields.put("closesAt", "2099-01-01T00:00:00Z");
    fields.put("codes", "GENERATED");
    fields.put("couponValidFor", "P14D");
    api.admin(Call.post(Api.ADMIN).json(fields)).is(201);
  }

  @Test
  void a_kept_failure_is_told_with_its_reason_until_it_is_discarded(EmbeddedEngines engines) {
    api.create("looked-up-failure", 2);
    try (var _ = Poison.of(engines, new CampaignId("looked-up-failure"), "bad")) {
      api.issue("looked-up-failure", "bad").is(202);
      JsonNode failed = awaitOutcome("looked-up-failure", "bad", "FAILED");
      assertThat(failed.path("sequence").asLong()).isEqualTo(1);
      assertThat(failed.path("failure").path("reason").asString()).contains(Poison.REASON);
    }

    api.admin(
            Call.post("/api/v1/admin/failures/looked-up-failure:1/discard")
                .json(Map.of("reason", "a test")))
        .is(200);
    JsonNode discarded = awaitOutcome("looked-up-failure", "bad", "DISCARDED");
    assertThat(discarded.path("failure").path("state").asString()).isEqualTo("DISCARDED");
  }

  @Test
  void in_a_campaign_that_nobody_issued_of_there_is_no_last_one() {
    api.create("looked-up-empty", 2);

    JsonNode nobody = look("looked-up-empty", "ann");

    assertThat(nobody.path("outcome").asString()).isEqualTo("NOT_ISSUED");
    assertThat(nobody.has("last")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"auth0|ann", "https://id.example/ann?x=1", "a%2Fb", "a;b=c", "<img/src=x>", "."})
  void a_user_of_any_form_is_found(String user) {
    String campaign = "looked-up-" + Integer.toHexString(user.hashCode());
    api.create(campaign, 1);
    api.issue(campaign, user).is(202);

    assertThat(awaitOutcome(campaign, user, "ISSUED").path("userId").asString()).isEqualTo(user);
  }

  @ParameterizedTest
  @ValueSource(strings = {"%00", "%20", "void%201", "%ED%95%9C%EA%B8%80", "a%0Ab"})
  void what_no_user_is_called_holds_nothing(String user) {
    api.create("looked-up-nobody-" + Integer.toHexString(user.hashCode()), 1);

    JsonNode found =
        api.admin(
                Call.get(
                    Api.ADMIN
                        + "/looked-up-nobody-"
                        + Integer.toHexString(user.hashCode())
                        + "/users/"
                        + user))
            .is(200)
            .json();

    assertThat(found.path("outcome").asString()).isEqualTo("NOT_ISSUED");
  }

  private JsonNode look(String campaign, String user) {
    String encoded = URLEncoder.encode(user, StandardCharsets.UTF_8);
    return api.admin(Call.get(Api.ADMIN + "/" + campaign + "/users/" + encoded)).is(200).json();
  }

  private JsonNode awaitOutcome(String campaign, String user, String outcome) {
    return await()
        .atMost(PATIENCE)
        .until(
            () -> look(campaign, user), found -> found.path("outcome").asString().equals(outcome));
  }
}
