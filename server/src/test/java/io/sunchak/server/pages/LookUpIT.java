package io.sunchak.server.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.sunchak.core.CampaignId;
import io.sunchak.server.endtoend.BothSides;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** "Why didn't I get one?", answered. */
@ExtendWith(PagesExtension.class)
class LookUpIT {
  private static final String CAMPAIGN = "look-up";

  @Test
  void a_winner_a_late_one_and_a_stranger_get_a_sentence_in_both_languages(
      Shop shop, Visits visits) {
    shop.create(CAMPAIGN, "치킨 반값 쿠폰", 2);
    JsonNode first = shop.issue(CAMPAIGN, "haneul");
    JsonNode last = shop.issue(CAMPAIGN, "mina");
    shop.refused(CAMPAIGN, "late");
    Visit visit = visits.admin(Look.ENGLISH_AT_NIGHT, "users?campaign=" + CAMPAIGN);
    Page page = visit.page();
    Locator answer = page.locator("blockquote");
    assertThat(page.getByText("Nothing looked up yet")).isVisible();
    visit.assertAccessible("look-up");

    ask(visit, "haneul");
    assertThat(answer).containsText("haneul has coupon number 1, accepted at ");
    assertThat(answer).containsText(utc(first));
    assertThat(answer).containsText("and in the ledger since ");
    visit.assertAccessible("a winner");
    ask(visit, "late");
    assertThat(answer).containsText("Number 2 of 2, the last one, was given at ");
    assertThat(answer).containsText(utc(last));
    assertThat(answer).containsText("no issue of late was accepted.");
    assertThat(page.getByText("Refused requests are not recorded")).isVisible();
    ask(visit, "nobody|42");
    assertThat(answer).containsText("no issue of nobody|42 was accepted.");
    ask(visit, "not an id");
    assertThat(page.getByText("1 to 128 visible characters, no spaces.")).isVisible();

    visit.button("한국어").click();
    page.getByLabel("사용자 ID").fill("haneul");
    page.keyboard().press("Enter");
    assertThat(answer).containsText("haneul 님은 선착 순번 1번 쿠폰을 받았습니다.");
    assertThat(answer).containsText(utc(first));
    page.getByLabel("사용자 ID").fill("late");
    page.keyboard().press("Enter");
    assertThat(answer).containsText("전체 2장 중 마지막인 선착 순번 2번이");
    assertThat(answer).containsText("late 님의 발급은 수락된 적이 없습니다.");
    visit.assertAccessible("a late one, in Korean");
    assertThat(page.locator("html")).hasAttribute("lang", "ko");
    visit.picture("look-up", 560);
  }

  @Test
  void a_redemption_is_cancelled_and_a_coupon_revoked_from_what_a_code_leads_to(
      Shop shop, Visits visits) throws IOException {
    shop.create("shown-code", "A coffee on us", 10, Map.of("codes", "GENERATED"));
    shop.issue("shown-code", "haneul");
    try (BothSides sides = shop.bothSides()) {
      sides.drained(new CampaignId("shown-code"));
    }
    String code = shop.mine("shown-code", "haneul").path("code").asString();
    shop.redeem(code, "order-4711");
    Visit visit = visits.admin(Look.ENGLISH, "users");
    Page page = visit.page();
    Locator coupon = page.locator(".coupon");

    page.getByLabel("Coupon code").fill(code.toLowerCase(Locale.ROOT).replace("-", ""));
    visit.button("Find its holder").click();
    assertThat(page.locator("blockquote")).containsText("haneul has coupon number 1");
    assertThat(coupon).containsText("Redeemed");
    assertThat(coupon).containsText("order-4711");
    assertThat(page.getByLabel("User id")).hasValue("haneul");
    assertThat(page.url()).doesNotContainIgnoringCase(code.substring(0, 6));
    visit.assertAccessible("a redeemed coupon");

    Visit.button(coupon, "Cancel the redemption…").click();
    visit.assertAccessible("cancel a redemption");
    Visit.button(visit.dialog(), "Cancel the redemption").click();
    assertThat(coupon).containsText("Can be redeemed");
    assertThat(coupon).not().containsText("order-4711");

    Visit.button(coupon, "Revoke the coupon…").click();
    Visit.button(visit.dialog(), "Revoke").click();
    assertThat(page.getByText("A reason is needed.")).isVisible();
    visit.assertAccessible("revoke a coupon");
    visit.dialog().getByLabel("Why").fill("a stolen card");
    Visit.button(visit.dialog(), "Revoke").click();
    assertThat(coupon).containsText("Revoked");
    assertThat(coupon).containsText("a stolen card");
    assertThat(Visit.button(coupon, "Revoke the coupon…")).hasCount(0);
    assertThat(shop.mine("shown-code", "haneul").path("state").asString()).isEqualTo("REVOKED");

    page.getByLabel("Coupon code").fill("1ZK3TQ-8W0H5D-7M9XVC");
    visit.button("Find its holder").click();
    assertThat(page.getByText("No coupon of the ledger has this code.")).isVisible();
  }

  private static void ask(Visit visit, String user) {
    visit.page().getByLabel("User id").fill(user);
    visit.page().getByRole(AriaRole.BUTTON, named("Look up")).click();
  }

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name);
  }

  /** As in {@code 2026-11-24T03:00:00.377Z}, without the day. */
  private static String utc(JsonNode issue) {
    String at = issue.path("acceptedAt").asString();
    return at.substring(11, 23) + " UTC";
  }
}
