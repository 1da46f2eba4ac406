package io.sunchak.server.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.sunchak.core.CampaignId;
import io.sunchak.server.endtoend.BothSides;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Redis against the ledger against the stock. */
@ExtendWith(PagesExtension.class)
class ConsistencyIT {

  @Test
  void both_sides_are_compared_now_and_each_figure_is_theirs(Shop shop, Visits visits)
      throws IOException {
    String campaign = "compared";
    shop.create(campaign, "A coffee on us", 50);
    try (var _ = shop.poison(campaign, "bad%");
        BothSides sides = shop.bothSides()) {
      shop.issue(campaign, "jun");
      shop.issue(campaign, "bad1");
      shop.issue(campaign, "mina");
      sides.drained(new CampaignId(campaign));
    }
    Visit visit = visits.admin(Look.ENGLISH, "consistency");
    Page page = visit.page();

    visit.button("Compare: " + campaign).click();
    Locator run = page.locator(".run li");
    assertThat(run).containsText(campaign);
    assertThat(run).containsText("Agrees");
    assertThat(run).containsText("Given by Redis 3 · In the ledger 2 · Failures 1");

    visit.button("Compare now").click();
    assertThat(visit.row("demo-sold-out").first()).containsText("Agrees");
    Locator row = page.locator("tbody tr").filter(new Locator.FilterOptions().setHasText(campaign));
    assertThat(row.locator("td.right").first()).hasText("3 =");
    assertThat(row.locator("td.right").nth(1)).hasText("2");
    assertThat(row.locator("td.right").nth(2)).hasText("1");
    assertThat(row.locator("td.right").nth(4)).hasText("50");
    assertThat(page.locator(".state")).containsText("Consistent");
    assertThat(page.locator(".state")).containsText("as of");
    visit.assertAccessible("compared");

    visit.open("/#/audit");
    assertThat(visit.row("Reconciled").first()).containsText("mina");
    visit.open("/#/failures?campaign=" + campaign);
    Visit.button(visit.row("bad1"), "Replay").click();
    assertThat(page.getByText("Number 2 is in the ledger now.")).isVisible();
  }
}
