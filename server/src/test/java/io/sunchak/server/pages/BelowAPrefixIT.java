package io.sunchak.server.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The pages as a proxy shows them that has put the server below a path of its own. */
@ExtendWith(PagesExtension.class)
class BelowAPrefixIT {
  private static final String PREFIX = "/deep/shop";

  private final List<String> outside = new ArrayList<>();

  /** Takes the prefix off, as the proxy does, and notes what was asked for beside it. */
  private void forward(Route route, Shop shop) {
    String url = route.request().url();
    String below = shop.url() + PREFIX;
    if (!url.startsWith(below)) {
      outside.add(url);
      route.abort();
      return;
    }
    if (url.endsWith("/stream")) {
      route.abort(); // it has no end, for which this forwarding would wait
      return;
    }
    String behind = shop.url() + url.substring(below.length());
    APIResponse answer = route.fetch(new Route.FetchOptions().setUrl(behind));
    route.fulfill(new Route.FulfillOptions().setResponse(answer));
  }

  @Test
  void a_user_gets_a_coupon(Shop shop, Visits visits) {
    shop.create("claim-below", "A coffee on us", 10);
    Visit visit = visits.of(Look.SMALLEST);
    Page page = visit.page();
    page.route("**", route -> forward(route, shop));

    visit.open(PREFIX + "/c/claim-below#token=" + shop.user("jun"));
    visit.button("Get my coupon").click();

    assertThat(page.locator(".sequence")).hasText("1");
    assertThat(outside).isEmpty();
  }

  @Test
  void an_admin_sees_the_campaigns_and_their_pages(Shop shop, Visits visits) {
    shop.create("shown-below", "A coffee on us", 10);
    Visit visit = visits.of(Look.SMALLEST).mayLoseAnswers();
    Page page = visit.page();
    page.route("**", route -> forward(route, shop));

    visit.open(PREFIX + "/#token=" + shop.admin()).open(PREFIX + "/#/campaigns");

    assertThat(visit.row("shown-below").first()).isVisible();
    assertThat(page.locator("a[href$='/c/shown-below']").first())
        .hasAttribute("href", shop.url() + PREFIX + "/c/shown-below");
    assertThat(outside).isEmpty();
  }
}
