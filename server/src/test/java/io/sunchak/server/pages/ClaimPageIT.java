package io.sunchak.server.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import io.sunchak.core.CampaignId;
import io.sunchak.core.Coupon;
import io.sunchak.server.endtoend.BothSides;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The page where users press the button, mostly on a phone. */
@ExtendWith(PagesExtension.class)
class ClaimPageIT {
  private static final Pattern PRESS = Pattern.compile(".*/issues$");

  @Test
  void it_counts_down_to_the_opening_and_lets_press_at_once(Shop shop, Visits visits) {
    shop.create("claim-opens", "치킨 반값 쿠폰", 1_000, Instant.now().plusSeconds(8));
    Visit visit = visits.user(Look.PHONE, "claim-opens", "haneul").mayLoseAnswers();
    Page page = visit.page();

    assertThat(page.getByRole(AriaRole.TIMER)).containsText("시작까지");
    assertThat(visit.button("아직 시작 전입니다")).isDisabled();
    assertThat(page.url()).endsWith("/c/claim-opens");
    visit.assertFitsTheScreen("countdown");
    visit.assertAccessible("countdown");

    // By the clock alone: a crowd that asks whether it is open yet would be the first load of a
    // drop.
    page.route("**/api/v1/campaigns/claim-opens", Route::abort);
    assertThat(visit.button("쿠폰 받기")).isEnabled();
    page.unrouteAll();
    IntStream.rangeClosed(1, 41).forEach(i -> shop.issue("claim-opens", "user" + i));
    visit.button("쿠폰 받기").click();
    assertThat(page.locator(".sequence")).hasText("42");
    assertThat(page.getByText("발급됐습니다")).isVisible();
    assertThat(page.locator(".last time")).isVisible();
    visit.assertFitsTheScreen("a number");
    visit.assertAccessible("a number");
    visit.picture("claim-page", 560);
    assertThat(Instant.parse(shop.campaign("claim-opens").path("opensAt").asString()))
        .isBeforeOrEqualTo(Instant.now());
  }

  @Test
  void a_double_click_is_one_press(Shop shop, Visits visits) throws IOException {
    shop.create("claim-double", "A coffee on us", 10);
    Visit visit = visits.user(Look.SMALLEST, "claim-double", "jun");
    Page page = visit.page();
    List<Request> presses = new ArrayList<>();
    page.onRequest(request -> {
      if (request.method().equals("POST")) {
        presses.add(request);
      }
    });

    visit.button("Get my coupon").dblclick();

    assertThat(page.locator(".sequence")).hasText("1");
    assertThat(presses).hasSize(1);
    try (BothSides sides = shop.bothSides()) {
      assertThat(sides.drained(new CampaignId("claim-double")).rows())
          .extracting(Coupon::user)
          .containsExactly("jun");
    }
  }

  @Test
  void a_lost_answer_and_a_reload_lead_to_the_same_number(Shop shop, Visits visits) {
    shop.create("claim-lost", "A coffee on us", 10);
    shop.issue("claim-lost", "first");
    Visit visit = visits.user(Look.SMALLEST, "claim-lost", "jun").mayLoseAnswers();
    Page page = visit.page();
    assertThat(visit.button("Get my coupon")).isEnabled();
    page.route(
        PRESS,
        route -> {
          route.fetch(); // the server has said yes,
          route.abort(); // and the page never hears it
        });
    page.route(Pattern.compile(".*/issues/me$"), route -> route.abort());

    visit.button("Get my coupon").click();
    assertThat(page.getByText("No answer yet. The page tries again automatically")).isVisible();
    page.unrouteAll();
    page.reload();

    assertThat(page.locator(".sequence")).hasText("2");
    shop.issue("claim-lost", "third");
    page.reload();
    assertThat(page.locator(".sequence")).hasText("2");
  }

  @Test
  void what_is_gone_paused_or_unknown_is_said(Shop shop, Visits visits) {
    shop.create("claim-gone", "Gone in a second", 1);
    shop.issue("claim-gone", "first");
    Visit visit = visits.user(Look.SMALLEST, "claim-gone", "late");
    Page page = visit.page();
    assertThat(page.getByText("All gone")).isVisible();
    visit.assertAccessible("sold out");
    assertThat(visit.button("Get my coupon")).hasCount(0);

    visit.open("/c/never-was");
    assertThat(page.getByText("There is no such offer").last()).isVisible();
    visit.assertAccessible("no such offer");
  }

  @Test
  void a_visitor_of_the_demo_may_try_it_as_somebody(Visits visits) {
    Visit visit = visits.of(Look.SMALLEST).open("/c/demo-coffee");
    Page page = visit.page();
    assertThat(page.getByText("Please log in at the shop first")).isVisible();
    visit.assertAccessible("without a token");

    visit.button("Try it as a random user").click();
    visit.button("Get my coupon").click();

    assertThat(page.locator(".sequence")).hasText(Pattern.compile("[\\d,]+"));
    visit.assertFitsTheScreen("a number");
  }
}
