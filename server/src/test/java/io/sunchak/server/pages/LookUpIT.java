package io.sunchak.server.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
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
