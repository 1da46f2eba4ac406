package io.sunchak.server.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.Media;
import io.sunchak.core.CampaignId;
import io.sunchak.core.Coupon;
import io.sunchak.server.endtoend.BothSides;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The page where users press the button, mostly on a phone. */
@ExtendWith(PagesExtension.class)
class ClaimPageIT {
  private static final Pattern PRESS = Pattern.compile(".*/issues$");
  private static final String DARK_INK = "rgb(19, 32, 29)";
  private static final Pattern CODE = Pattern.compile("[0-9A-Z]{6}-[0-9A-Z]{6}-[0-9A-Z]{6}");

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

  @ParameterizedTest
  @MethodSource("phones")
  void a_till_reads_the_code_off_the_screen_and_off_paper(Look look, Shop shop, Visits visits) {
    String campaign = "claim-code-" + look.width();
    shop.create(campaign, "치킨 반값 쿠폰", 10, Map.of("codes", "GENERATED", "couponValidFor", "P14D"));
    Visit visit = visits.user(look, campaign, "haneul");
    Page page = visit.page();
    List<String> requests = new ArrayList<>();
    page.onRequest(request -> requests.add(request.url()));
    assertThat(page.locator(".press")).isEnabled();
    assertThat(requests).as("without a code").noneMatch(ClaimPageIT::drawsCodes);

    page.locator(".press").click();

    assertThat(page.locator(".code")).hasText(CODE);
    String code = shop.mine(campaign, "haneul").path("code").asString();
    assertThat(page.locator(".code")).hasText(code);
    assertThat(page.locator("svg.qr")).isVisible();
    assertThat(requests).as("with a code").anyMatch(ClaimPageIT::drawsCodes);
    assertThat(QrReader.read(page.screenshot())).isEqualTo(code);
    visit.assertFitsTheScreen("a code");
    assertThat(page.locator(".coupon").evaluate("box => box.scrollWidth - box.clientWidth"))
        .as("pixels of the code beyond its box")
        .isEqualTo(0);
    visit.assertAccessible("a code");
    page.locator(".code").click();
    assertThat(page.evaluate("getSelection().toString()")).isEqualTo(code);

    page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
    assertThat(page.getByText("Sunchak", new Page.GetByTextOptions().setExact(true))).isHidden();
    assertThat(page.evaluate("getComputedStyle(document.body).color"))
        .as("dark ink")
        .isEqualTo(DARK_INK);
    assertThat(QrReader.read(page.screenshot())).isEqualTo(code);
  }

  static List<Look> phones() {
    return List.of(Look.PHONE, Look.SMALLEST);
  }

  private static boolean drawsCodes(String url) {
    return url.contains("/matrix-");
  }

  @Test
  void a_coupon_that_was_used_says_when_and_offers_no_code_to_a_reader(Shop shop, Visits visits) {
    shop.create("claim-used", "A coffee on us", 10, Map.of("codes", "GENERATED"));
    Visit visit = visits.user(Look.SMALLEST, "claim-used", "jun");
    Page page = visit.page();
    visit.button("Get my coupon").click();
    assertThat(page.locator("svg.qr")).isVisible();

    shop.redeem(page.locator(".code").textContent(), "order-1");
    page.reload();

    assertThat(page.getByText("Used", new Page.GetByTextOptions().setExact(true))).isVisible();
    assertThat(page.getByText("Used on")).isVisible();
    assertThat(page.locator(".code")).hasText(CODE);
    assertThat(page.locator("svg.qr")).hasCount(0);
    visit.assertAccessible("used");
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
