package io.sunchak.server.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.options.AriaRole;
import io.sunchak.core.CampaignId;
import io.sunchak.core.Coupon;
import io.sunchak.server.endtoend.BothSides;
import java.io.IOException;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The page that is watched while it happens. */
@ExtendWith(PagesExtension.class)
class LiveIT {
  /** One drop; for the pictures two before it, and that one large enough to be seen going on. */
  private static final List<Integer> STOCKS =
      Visit.PICTURES ? List.of(1_000, 2_500, 25_000) : List.of(200);

  @Test
  void a_whole_drop_is_watched_and_its_numbers_are_the_ledgers(Shop shop, Visits visits)
      throws IOException {
    Visit visit = visits.admin(Look.ENGLISH, "");
    Visit colleague = visits.admin(Look.KOREAN, "");
    for (int stock : STOCKS) {
      start(visit, 3 * stock, stock);
      if (Visit.PICTURES) {
        pictures(visit, colleague, stock);
      }
      watch(shop, visit, colleague, stock);
    }
  }

  private static void start(Visit visit, int users, int stock) {
    visit.button("Start a drop").click();
    visit.dialog().getByLabel("Users").fill("0");
    Visit.button(visit.dialog(), "Drop").click();
    assertThat(visit.dialog().getByRole(AriaRole.ALERT)).containsText("1 to 100,000");
    visit.assertAccessible("drop dialog");
    visit.dialog().getByLabel("Users").fill(Integer.toString(users));
    visit.dialog().getByLabel("Stock").fill(Integer.toString(stock));
    Visit.button(visit.dialog(), "Drop").click();
    assertThat(visit.page().locator(".result")).containsText("Drop running");
    assertThat(visit.button("Drop running")).isDisabled();
  }

  /** In the middle of a drop that is large enough to have one. */
  private static void pictures(Visit visit, Visit colleague, int stock) {
    assertThat(visit.page().locator(".hero .big")).containsText("of %,d".formatted(stock));
    visit
        .page()
        .waitForFunction(
            """
            (half) => Number(document.querySelector('.hero .huge').textContent.replace(',', '')) < half
            """,
            stock * 2 / 3);
    visit.picture("live-drop.en", 900);
    colleague.picture("live-drop.ko", 900);
  }

  private static void watch(Shop shop, Visit visit, Visit colleague, int stock) throws IOException {
    Locator result = visit.page().locator(".result");
    assertThat(result)
        .containsText(
            "Drop done", new ContainsTextOptions().setTimeout((double) Shop.DROP.toMillis()));
    assertThat(result).containsText("no oversell, no duplicate, no loss, order kept");
    String campaign = result.locator("header .mono").textContent();
    List<Coupon> rows;
    try (BothSides sides = shop.bothSides()) {
      rows = sides.rows(new CampaignId(campaign));
    }

    assertThat(rows)
        .extracting(Coupon::sequence)
        .containsExactlyElementsOf(LongStream.rangeClosed(1, stock).boxed().toList());
    assertThat(figure(result, "Accepted")).hasText("%1$,d of %1$,d".formatted(stock));
    assertThat(figure(result, "Refused")).hasText("%,d".formatted(2 * stock));
    for (Visit watcher : List.of(visit, colleague)) {
      Locator hero = watcher.page().locator(".hero");
      assertThat(hero.locator(".head")).containsText(campaign);
      assertThat(hero.locator(".huge")).hasText("0");
      assertThat(hero.locator(".stock dl .number").first()).hasText("%,d".formatted(rows.size()));
    }
    assertThat(visit.row(campaign)).containsText("Sold out");
    assertThat(visit.page().getByText("Sold out in")).isVisible();
    visit.assertAccessible("after a drop");
    visit.open("/#/audit?campaign=" + campaign);
    assertThat(visit.row("Drop started"))
        .containsText("%d users, stock %d".formatted(3 * stock, stock));
    visit.open("/#/");
  }

  @Test
  void a_server_that_stops_and_starts_is_told_and_its_true_numbers_are_shown_again(
      Shop shop, Visits visits) throws InterruptedException {
    shop.create("live-restart", "A coffee on us", 100);
    shop.issue("live-restart", "jun");
    Visit visit = visits.admin(Look.ENGLISH, "").mayLoseAnswers();
    Page page = visit.page();
    page.getByLabel("Campaign shown").selectOption("live-restart");
    Locator remaining = page.locator(".hero .huge");
    assertThat(remaining).hasText("99");

    shop.stop();
    assertThat(page.getByRole(AriaRole.ALERT)).containsText("The server does not answer.");
    assertThat(page.locator("header .link")).containsText("Reconnecting…");
    assertThat(page.getByText("These figures are")).isVisible();
    assertThat(remaining).hasText("99");
    visit.assertAccessible("server away");

    shop.startAgain();
    shop.issue("live-restart", "mina");
    shop.issue("live-restart", "haneul");
    assertThat(remaining).hasText("97");
    assertThat(page.locator("header .link")).containsText("Live");
    assertThat(page.getByRole(AriaRole.ALERT)).hasCount(0);
  }

  private static Locator figure(Locator within, String name) {
    return within
        .locator("dl > div")
        .filter(
            new Locator.FilterOptions()
                .setHas(
                    within
                        .page()
                        .locator("dt")
                        .getByText(name, new Locator.GetByTextOptions().setExact(true))))
        .locator("dd");
  }
}
