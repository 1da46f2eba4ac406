package io.sunchak.server.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.sunchak.core.CampaignId;
import io.sunchak.core.ledger.Drift;
import io.sunchak.core.ledger.Drift.Kind;
import io.sunchak.server.endtoend.BothSides;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
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

  @Test
  void a_repair_says_who_may_be_missing_in_both_languages_and_lists_all_it_found(
      Shop shop, Visits visits) throws IOException {
    String campaign = "repaired-shop";
    shop.create(campaign, "Lost and found", 1_000);
    List<Drift> found = new ArrayList<>();
    for (int i = 1; i <= 120; i++) {
      found.add(new Drift("moved-%03d".formatted(i), i, 400 + i, Kind.MOVED));
    }
    found.add(new Drift("late", 600, 0, Kind.UNSETTLED));
    found.add(new Drift("node-2", 600, 530, Kind.UNACCOUNTED));
    found.add(new Drift("node-2", 0, 530, Kind.SILENT));
    shop.findings().plant(campaign, 7, found);

    Visit korean = visits.admin(Look.KOREAN, "consistency");
    assertThat(korean.row(campaign).first())
        .containsText(
            "순번 400번 이후에 수락 응답을 받은 사용자 중 최대 190명이 누락됐을 수 있습니다."
                + " 서버 node-2에서 수락 내역을 인계받지 못했습니다."
                + " 120명은 다른 순번으로 옮겨졌습니다."
                + " 1명은 남은 순번이 없어 순번을 받지 못했습니다.");

    Visit visit = visits.admin(Look.ENGLISH, "consistency");
    Locator repair = visit.page().locator("#repairs li");
    assertThat(repair.filter(new Locator.FilterOptions().setHasText(campaign)))
        .containsText(
            "up to 190 users whose issue was accepted after number 400 may be missing;"
                + " server node-2 did not hand over what it had promised;"
                + " 120 users were moved to another number; 1 user was left without a number.");
    visit.button("Show the entries: " + campaign).click();
    Locator entries = repair.locator("tbody tr");
    assertThat(entries).hasCount(100);
    assertThat(entries.first()).containsText("SILENT");
    visit.assertAccessible("repaired");
    Visit.button(repair, "Show more").click();
    assertThat(entries).hasCount(123);
    assertThat(entries.last()).containsText("moved-001");

    entries.last().getByText("moved-001").click();
    assertThat(visit.page().locator(".answer"))
        .containsText("from number 1, which the ledger had given to another, to number 401.");
  }

  @Test
  void a_silent_node_is_one_line_in_both_languages_however_many_campaigns_it_concerns(
      Shop shop, Visits visits) throws IOException {
    for (int i = 1; i <= 3; i++) {
      shop.create("silenced-shop-" + i, "Lost and found", 1_000);
      shop.findings()
          .plant("silenced-shop-" + i, 7, List.of(new Drift("node-dead", 0, 530, Kind.SILENT)));
    }
    Locator.FilterOptions ofNode = new Locator.FilterOptions().setHasText("node-dead");

    Locator korean =
        visits.admin(Look.KOREAN, "consistency").page().locator("#repairs li").filter(ofNode);
    assertThat(korean).hasCount(1);
    assertThat(korean)
        .containsText(
            "서버 node-dead에서 수락 내역을 인계받지 못했습니다."
                + " 캠페인 3개에서 수락 응답을 받은 사용자 중 일부가 누락됐을 수 있으며, 몇 명인지는 알 수 없습니다.");

    Visit visit = visits.admin(Look.ENGLISH, "consistency");
    Locator line = visit.page().locator("#repairs li").filter(ofNode);
    assertThat(line).hasCount(1);
    assertThat(line)
        .containsText(
            "server node-dead did not hand over what it had promised;"
                + " users of 3 campaigns whose issue was accepted may be missing; their count is not known.");
    assertThat(visit.page().locator("#repairs")).not().containsText("silenced-shop");
    visit.button("Show the campaigns: node-dead").click();
    assertThat(line.locator("tbody tr")).hasCount(3);
    assertThat(line.locator("tbody tr").first()).containsText("silenced-shop-3");
    assertThat(line.locator("tbody tr").first().locator("td").last()).hasText("530");
    visit.assertAccessible("silenced");
    visit.button("Hide the campaigns: node-dead").click();
    assertThat(line.locator("tbody")).hasCount(0);
  }
}
