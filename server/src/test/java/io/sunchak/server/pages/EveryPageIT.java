package io.sunchak.server.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.AriaRole;
import io.sunchak.core.CampaignId;
import io.sunchak.server.endtoend.BothSides;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What holds for all pages. */
@ExtendWith(PagesExtension.class)
class EveryPageIT {
  private static final List<String> PAGES =
      List.of("", "failures", "consistency", "campaigns", "users", "audit");
  private static final String HOSTILE =
      "<img src=x onerror=alert(1)>\"'><script>alert(2)</script>{{7*7}}${1}";
  private static final String HOSTILE_USER = "<img/src=x/onerror=alert(3)>";

  @Test
  void each_fits_a_small_phone_and_is_accessible_there(Visits visits) {
    Visit visit = visits.admin(Look.SMALLEST, "");
    for (String language : List.of("English", "한국어")) {
      for (String page : PAGES) {
        visit.open("/#/" + page);
        assertThat(visit.page().locator("h1").first()).isAttached();
        assertThat(
                visit
                    .page()
                    .getByRole(AriaRole.STATUS)
                    .filter(new Locator.FilterOptions().setHasText("Loading…")))
            .hasCount(0);
        visit.assertFitsTheScreen(page + " in " + language);
      }
      visit.assertAccessible("a phone, after " + language);
      visit.page().locator("header .right button").first().click();
    }
  }

  @Test
  void each_comes_with_a_policy_that_allows_nothing_inline_and_nobody_else(
      Shop shop, Visits visits) {
    Visit visit = visits.of(Look.ENGLISH);
    Page page = visit.page();
    for (String path : List.of("/", "/c/demo-coffee")) {
      Response answer = page.navigate(shop.url() + path);
      String policy = answer.headerValue("content-security-policy");
      assertThat(policy)
          .contains("default-src 'none'", "frame-ancestors 'none'")
          .doesNotContain("unsafe", "http:", "https:", "*");
      page.evaluate(
          """
          () => { const script = document.createElement('script');
            script.textContent = 'window.inline = true'; document.body.append(script); }
          """);
      assertThat(page.evaluate("() => window.inline")).as("an inline script ran").isNull();
      visit.awaitTrouble("CSP script-src-elem");
      page.evaluate("() => fetch('http://127.0.0.2:9/').catch(() => {})");
      visit.awaitTrouble("CSP connect-src");
    }
  }

  @Test
  void hostile_names_are_text_everywhere(Shop shop, Visits visits) throws IOException {
    shop.create("hostile", HOSTILE, 10);
    try (var _ = shop.poison("hostile", "<img%");
        BothSides sides = shop.bothSides()) {
      shop.issue("hostile", HOSTILE_USER);
      sides.drained(new CampaignId("hostile"));
    }
    Visit visit = visits.admin(Look.ENGLISH, "");
    Page page = visit.page();
    assertThat(visit.row(HOSTILE)).hasCount(1);
    page.getByLabel("Campaign shown").selectOption("hostile");
    assertThat(page.locator("#hero-name")).hasText(HOSTILE);

    visit.open("/#/campaigns");
    assertThat(visit.row(HOSTILE)).hasCount(1);
    visit.open("/#/users?campaign=hostile&user=" + HOSTILE_USER);
    assertThat(page.locator("blockquote")).containsText(HOSTILE_USER + " has number 1");
    visit.open("/#/failures?campaign=hostile");
    assertThat(visit.row(HOSTILE_USER)).hasCount(1);
    Visit.button(visit.row(HOSTILE_USER), "Discard…").click();
    visit.dialog().getByLabel("Why").fill(HOSTILE);
    visit.button("Discard 1").click();
    assertThat(page.getByText("1 discarded.")).isVisible();
    visit.open("/#/audit?campaign=hostile");
    assertThat(visit.row("Failure discarded")).containsText(HOSTILE);
    visit.open("/#/consistency");
    assertThat(visit.row("hostile")).hasCount(1);
    assertThat(page.locator("img")).hasCount(0);

    Page claim = visits.user(Look.PHONE, "hostile", HOSTILE_USER).page();
    assertThat(claim.locator("h1")).hasText(HOSTILE);
    assertThat(claim.locator("footer")).containsText(HOSTILE_USER);
    assertThat(claim.locator("img")).hasCount(0);
  }
}
