package io.sunchak.server.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.sunchak.core.CampaignId;
import io.sunchak.core.Coupon;
import io.sunchak.server.endtoend.BothSides;
import io.sunchak.server.testing.Poison;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the ledger refused: seen, told, and brought to an end by a person. */
@ExtendWith(PagesExtension.class)
class FailuresIT {
  private static final List<String> USERS =
      List.of("haneul", "jun@shop.example", "auth0|5f7c8ec7", "seoyeon", "minjun.k");

  @Test
  void a_poisoned_reservation_is_told_and_replayed_into_the_ledger(Shop shop, Visits visits)
      throws IOException {
    String campaign = "fails-one";
    shop.create(campaign, "치킨 반값 쿠폰", 100);
    Visit visit = visits.admin(Look.ENGLISH, "failures?campaign=" + campaign);
    Page page = visit.page();
    assertThat(page.getByText("No failure matches this filter.")).isVisible();
    visit.assertAccessible("no failures");

    try (var _ = shop.poison(campaign, "bad%")) {
      shop.issue(campaign, "good1");
      shop.issue(campaign, "bad2");
      shop.issue(campaign, "good3");
      assertThat(page.getByRole(AriaRole.ALERT))
          .containsText("Reservations that the ledger refused: 1");
      await()
          .atMost(Chromium.PATIENCE)
          .untilAsserted(() ->
              assertThat(shop.alarms())
                  .anyMatch(alarm ->
                      alarm.matches(
                          ".*user `bad2`, campaign fails-one, number 2: .*"
                              + Poison.REASON
                              + ".*")));

      Locator row = visit.row("bad2");
      assertThat(row).containsText(Poison.REASON);
      assertThat(page.locator("nav .count")).hasText("1");
      Visit.button(row, "Replay").click();
      assertThat(page.getByText("Number 2: ")).containsText("refused");
      assertThat(row.getByRole(AriaRole.CELL).nth(5)).hasText("2");
    }

    Visit colleague = visits.admin(Look.KOREAN, "failures?campaign=" + campaign);
    colleague.row("bad2").getByRole(AriaRole.CHECKBOX).check();
    Visit.button(visit.row("bad2"), "Payload").click();
    visit.assertAccessible("a failure");
    Visit.button(visit.row("bad2").first(), "Replay").click();
    assertThat(page.getByText("Number 2 is in the ledger now.")).isVisible();
    assertThat(visit.row("bad2")).hasCount(0);
    assertThat(page.getByRole(AriaRole.ALERT).filter(text("refused: "))).hasCount(0);

    colleague.assertAccessible("a failure that is chosen");
    Visit.button(colleague.row("bad2"), "재처리").click();
    assertThat(colleague.page().getByText("선착 순번 2번은 이미 원장에 있습니다.")).isVisible();
    assertThat(stored(shop, campaign)).containsExactly("1 good1", "2 bad2", "3 good3");

    visit.open("/#/audit?campaign=" + campaign);
    assertThat(visit.row("Failure replayed")).hasCount(1);
    assertThat(visit.row("Failure replayed")).containsText("mina");
    visit.assertAccessible("audit");
  }

  @Test
  void all_that_match_are_replayed_within_a_bound_after_a_dry_run(Shop shop, Visits visits)
      throws IOException {
    String campaign = "fails-many";
    shop.create(campaign, "A coffee on us", 100);
    poisonAll(shop, campaign, USERS);
    Visit visit = visits.admin(Look.ENGLISH, "failures?campaign=" + campaign);
    Page page = visit.page();
    assertThat(visit.row(campaign)).hasCount(5);

    visit.picture("failures", 800);

    visit.button("Replay all that match…").click();
    page.getByLabel("At most").fill("3");
    visit.button("Dry run").click();
    assertThat(visit.dialog()).containsText("5 open failures match.");
    assertThat(visit.dialog()).containsText("Nothing has been changed.");
    visit.assertAccessible("dry run");
    assertThat(stored(shop, campaign)).isEmpty();
    visit.button("Replay 3").click();
    assertThat(page.getByText("3 in the ledger now, 0 refused again.")).isVisible();
    Visit.button(visit.dialog().locator("footer"), "Close").click();

    assertThat(visit.row(campaign)).hasCount(2);
    page.getByLabel("Select all open ones shown").check();
    visit.button("Replay 2 selected…").click();
    visit.button("Replay 2").click();
    assertThat(page.getByText("2 in the ledger now, 0 there already, 0 refused again."))
        .isVisible();
    Visit.button(visit.dialog().locator("footer"), "Close").click();
    assertThat(visit.row(campaign)).hasCount(0);
    assertThat(stored(shop, campaign))
        .containsExactly(
            "1 haneul", "2 jun@shop.example", "3 auth0|5f7c8ec7", "4 seoyeon", "5 minjun.k");
  }

  @Test
  void one_is_discarded_with_a_reason_that_the_user_can_be_told(Shop shop, Visits visits)
      throws IOException {
    String campaign = "fails-discarded";
    shop.create(campaign, "A coffee on us", 100);
    poisonAll(shop, campaign, List.of("staff7"));
    Visit visit = visits.admin(Look.ENGLISH, "failures?campaign=" + campaign);
    Page page = visit.page();

    Visit.button(visit.row("staff7"), "Discard…").click();
    visit.button("Discard 1").click();
    assertThat(page.getByText("A reason is needed.")).isVisible();
    visit.assertAccessible("discard without a reason");
    page.getByLabel("Why").fill("staff account, not eligible");
    visit.button("Discard 1").click();
    assertThat(page.getByText("1 discarded.")).isVisible();
    assertThat(visit.row("staff7")).hasCount(0);

    page.getByLabel("State").selectOption("DISCARDED");
    assertThat(visit.row("staff7")).containsText("Discarded");
    assertThat(Visit.button(visit.row("staff7"), "Replay")).hasCount(0);
    Download file = page.waitForDownload(() -> visit.button("CSV of Failures").click());
    assertThat(file.suggestedFilename()).endsWith(".csv");
    assertThat(Files.readString(file.path()))
        .startsWith("\uFEFF")
        .contains("fails-discarded:1,fails-discarded,1,staff7,", ",DISCARDED,")
        .doesNotContain("OPEN");

    visit.open("/#/users?campaign=" + campaign + "&user=staff7");
    assertThat(page.locator("blockquote"))
        .containsText("and an operator discarded it. The reason stands in the audit list.");
    visit.open("/#/audit?campaign=" + campaign);
    assertThat(visit.row("Failure discarded")).containsText("staff account, not eligible");
    assertThat(stored(shop, campaign)).isEmpty();
  }

  /** Users, in this order, whom the ledger takes from now on. */
  private static void poisonAll(Shop shop, String campaign, List<String> users) throws IOException {
    try (var _ = shop.poison(campaign, "%");
        BothSides sides = shop.bothSides()) {
      users.forEach(user -> shop.issue(campaign, user));
      assertThat(sides.drained(new CampaignId(campaign)).failures()).hasSize(users.size());
    }
  }

  private static List<String> stored(Shop shop, String campaign) throws IOException {
    try (BothSides sides = shop.bothSides()) {
      return sides.drained(new CampaignId(campaign)).rows().stream().map(FailuresIT::line).toList();
    }
  }

  private static String line(Coupon coupon) {
    return coupon.sequence() + " " + coupon.user();
  }

  private static Locator.FilterOptions text(String text) {
    return new Locator.FilterOptions().setHasText(text);
  }
}
