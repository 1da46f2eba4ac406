package io.sunchak.server.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.sunchak.core.CampaignId;
import io.sunchak.server.endtoend.BothSides;
import io.sunchak.server.testing.Poison;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** Campaigns from the first form to the last word. */
@ExtendWith(PagesExtension.class)
class CampaignsIT {

  @Test
  void one_is_created_edited_paused_resumed_and_closed_and_each_act_is_audited(
      Shop shop, Visits visits) {
    Visit visit = visits.admin(Look.ENGLISH, "campaigns");
    Page page = visit.page();
    Locator form = visit.dialog();
    visit.assertAccessible("campaigns");
    visit.button("New campaign").click();
    visit.button("Create").click();
    assertThat(page.getByText("A name is needed")).isVisible();
    visit.assertAccessible("a form with mistakes");
    form.getByLabel("Id", new Locator.GetByLabelOptions().setExact(true)).fill("autumn-sale");
    form.getByLabel("Name").fill("가을맞이 30% 쿠폰");
    form.getByLabel("Stock").fill("600");
    form.getByLabel("Opens").fill("2031-03-01T12:00");
    assertThat(page.locator("#c-opensAt-help")).containsText("2031-03-01 17:00:00 UTC");
    form.getByLabel("Closes").fill("2031-04-01T12:00");
    visit.button("Create").click();
    assertThat(page.getByText("가을맞이 30% 쿠폰 is created.")).isVisible();
    assertThat(shop.campaign("autumn-sale").path("opensAt").asString())
        .satisfies(at -> assertThat(Instant.parse(at)).isEqualTo("2031-03-01T17:00:00Z"));

    Locator item = visit.row("autumn-sale");
    assertThat(item).containsText("Scheduled");
    Visit.button(item, "Edit").click();
    form.getByLabel("Stock").fill("700");
    assertThat(page.getByText("100 more than now")).isVisible();
    visit.button("Save").click();
    assertThat(item).containsText("of 700");
    assertThat(shop.campaign("autumn-sale").path("totalStock").asInt()).isEqualTo(700);

    Visit.button(item, "Pause").click();
    assertThat(item).containsText("Paused");
    assertThat(shop.campaign("autumn-sale").path("state").asString()).isEqualTo("PAUSED");
    Visit.button(item, "Resume").click();
    assertThat(item).containsText("Scheduled");

    Visit.button(item, "Close…").click();
    assertThat(visit.button("Close for good")).isDisabled();
    form.getByLabel("Type autumn-sale to confirm").fill("autumn-sale");
    visit.assertAccessible("close for good");
    visit.button("Close for good").click();
    assertThat(item).containsText("Closed");
    assertThat(Visit.button(item, "Pause")).hasCount(0);
    assertThat(shop.campaign("autumn-sale").path("state").asString()).isEqualTo("CLOSED");

    item.getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("Audit")).click();
    Locator acts = page.locator("tbody tr strong");
    assertThat(acts)
        .hasText(
            new String[] {
              "Campaign closed",
              "Campaign resumed",
              "Campaign paused",
              "Campaign changed",
              "Campaign created"
            });
    assertThat(visit.row("Campaign changed")).containsText("600 → 700");
    assertThat(page.locator("tbody")).containsText("mina");
  }

  @Test
  void one_that_is_over_is_archived_and_a_refusal_says_what_to_do(Shop shop, Visits visits)
      throws IOException {
    shop.create("archive-tea", "Tea for two", 10);
    try (BothSides sides = shop.bothSides();
        Poison _ = shop.poison("archive-tea", "bad%")) {
      shop.issue("archive-tea", "jun");
      shop.issue("archive-tea", "bad-tea");
      sides.drained(new CampaignId("archive-tea"));
    }
    Visit visit = visits.admin(Look.ENGLISH, "campaigns");
    Locator item = visit.row("archive-tea");
    assertThat(Visit.button(item, "Archive…")).hasCount(0);
    Visit.button(item, "Close…").click();
    visit.dialog().getByLabel("Type archive-tea to confirm").fill("archive-tea");
    visit.button("Close for good").click();

    Visit.button(item, "Archive…").click();
    assertThat(visit.dialog()).containsText("Nothing of the campaign can be changed any more");
    assertThat(visit.button("Archive for good")).isDisabled();
    visit.dialog().getByLabel("Type archive-tea to confirm").fill("archive-tea");
    visit.button("Archive for good").click();
    assertThat(visit.dialog().getByRole(AriaRole.ALERT)).containsText("failures wait for you");
    visit.assertAccessible("a refused archiving");
    assertThat(shop.campaign("archive-tea").path("state").asString()).isEqualTo("CLOSED");

    Visit failures = visits.admin(Look.ENGLISH, "failures");
    Visit.button(failures.row("bad-tea").first(), "Replay").click();
    assertThat(failures.row("bad-tea")).hasCount(0);
    visit.button("Archive for good").click();
    assertThat(item).containsText("Archived");
    assertThat(Visit.button(item, "Archive…")).hasCount(0);
    assertThat(shop.campaign("archive-tea").path("state").asString()).isEqualTo("ARCHIVED");
    assertThat(shop.campaign("archive-tea").path("issued").asInt()).isEqualTo(2);
  }

  @Test
  void codes_validity_and_eligibility_are_given_shown_and_changed(Shop shop, Visits visits) {
    Visit visit = visits.admin(Look.ENGLISH, "campaigns");
    Locator form = visit.dialog();
    visit.button("New campaign").click();
    form.getByLabel("Id", new Locator.GetByLabelOptions().setExact(true)).fill("gold-tea");
    form.getByLabel("Name").fill("A tea for some");
    form.getByText("Coupons: code, validity, for whom").click();
    form.getByLabel("Coupon codes").selectOption("GENERATED");
    form.getByLabel("Valid how long").selectOption("for");
    form.getByLabel("Valid for", new Locator.GetByLabelOptions().setExact(true)).fill("14 days");
    form.getByLabel("Only for users with the claim").fill("tier");
    visit.button("Create").click();
    assertThat(form.locator("[id='c-couponValidFor-help']")).containsText("A duration is needed");
    assertThat(form.locator("[id='c-eligibility.in-help']")).containsText("values are needed");
    visit.assertAccessible("a form with all fields");

    form.getByLabel("Valid for", new Locator.GetByLabelOptions().setExact(true)).fill("P14D");
    form.getByLabel("with one of the values").fill("gold\n" + "x".repeat(65));
    visit.button("Create").click();
    assertThat(form.locator("[id='c-eligibility.in-help']")).containsText("each value");
    assertThat(form.getByLabel("with one of the values")).hasAttribute("aria-invalid", "true");
    form.getByLabel("with one of the values").fill("gold\nplatinum");
    visit.button("Create").click();

    Locator item = visit.row("gold-tea");
    assertThat(item).containsText("Generated");
    assertThat(item).containsText("tier: gold, platinum");
    assertThat(item).containsText("14 d");
    assertThat(shop.campaign("gold-tea").path("codes").asString()).isEqualTo("GENERATED");
    assertThat(shop.campaign("gold-tea").path("couponValidFor").asString()).isEqualTo("P14D");
    assertThat(shop.campaign("gold-tea").path("eligibility").path("in").values())
        .extracting(JsonNode::asString)
        .containsExactly("gold", "platinum");

    Visit.button(item, "Edit").click();
    assertThat(form.getByLabel("Coupon codes")).hasValue("GENERATED");
    form.getByLabel("Valid how long").selectOption("until");
    form.getByLabel("Valid until").fill("2031-03-01T12:00");
    form.getByLabel("Only for users with the claim").fill("");
    form.getByLabel("with one of the values").fill("");
    visit.button("Save").click();
    assertThat(item).not().containsText("tier");
    assertThat(item).containsText("2031-03-01 12:00");
    assertThat(shop.campaign("gold-tea").path("couponValidFor").isNull()).isTrue();
    assertThat(shop.campaign("gold-tea").path("eligibility").isNull()).isTrue();
    assertThat(Instant.parse(shop.campaign("gold-tea").path("couponValidUntil").asString()))
        .isEqualTo("2031-03-01T17:00:00Z");
  }

  @Test
  void the_validity_of_issued_coupons_is_extended_after_the_close_and_not_shortened(
      Shop shop, Visits visits) throws IOException {
    shop.create("over-tea", "A tea", 10, Map.of("couponValidFor", "P14D"));
    shop.issue("over-tea", "jun");
    try (BothSides sides = shop.bothSides()) {
      sides.drained(new CampaignId("over-tea"));
    }
    Visit visit = visits.admin(Look.ENGLISH, "campaigns");
    Locator form = visit.dialog();
    Locator item = visit.row("over-tea");
    Visit.button(item, "Close…").click();
    form.getByLabel("Type over-tea to confirm").fill("over-tea");
    visit.button("Close for good").click();
    assertThat(item).containsText("Closed");

    Visit.button(item, "Edit").click();
    form.getByLabel("Valid for", new Locator.GetByLabelOptions().setExact(true)).fill("P7D");
    visit.button("Save").click();
    assertThat(form.getByRole(AriaRole.ALERT)).containsText("can only be extended");
    form.getByLabel("Valid for", new Locator.GetByLabelOptions().setExact(true)).fill("P30D");
    visit.button("Save").click();
    assertThat(item).containsText("30 d");
    assertThat(shop.campaign("over-tea").path("couponValidFor").asString()).isEqualTo("P30D");
  }

  @Test
  void the_ledger_is_saved_as_a_file_that_a_spreadsheet_reads(Shop shop, Visits visits)
      throws IOException {
    shop.create("csv-coffee", "A coffee on us", 10);
    List.of("jun", "=SUM(A1:A9)", "haneul").forEach(user -> shop.issue("csv-coffee", user));
    try (BothSides sides = shop.bothSides()) {
      sides.drained(new CampaignId("csv-coffee"));
    }
    Visit visit = visits.admin(Look.ENGLISH, "campaigns");
    Page page = visit.page();

    Download file =
        page.waitForDownload(
            () -> Visit.button(visit.row("csv-coffee"), "CSV of the ledger, csv-coffee").click());

    assertThat(file.suggestedFilename()).contains("csv-coffee").endsWith(".csv");
    String text = Files.readString(file.path());
    assertThat(text).startsWith("\uFEFF");
    assertThat(text.lines().skip(1)).hasSize(3);
    assertThat(text.lines().toList().get(1)).contains("1,", "jun");
    assertThat(text).as("no formula").doesNotContain(",=SUM").contains("SUM(A1:A9)");
  }
}
