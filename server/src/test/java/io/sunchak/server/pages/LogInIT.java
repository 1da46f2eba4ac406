package io.sunchak.server.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import io.sunchak.server.testing.Jwt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who may see the dashboard, and what the others are told. */
@ExtendWith(PagesExtension.class)
class LogInIT {
  private static final String ASLEEP =
      "{\"sub\":\"mina\",\"roles\":[\"admin\"],\"exp\":4102444800}";

  @Test
  void an_admin_pastes_the_token_and_is_there(Shop shop, Visits visits) {
    Visit visit = visits.of(Look.ENGLISH).open("/");
    Page page = visit.page();
    assertThat(page.getByRole(AriaRole.HEADING)).hasText("Watch, explain, repair");
    visit.assertAccessible("log-in");

    page.getByLabel("Admin token").fill("  Bearer " + shop.admin() + "\n");
    assertThat(page.getByText("mina", new Page.GetByTextOptions().setExact(true))).isVisible();
    page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Log in")).click();

    assertThat(page.getByRole(AriaRole.HEADING, new GetByRoleOptions().setName("Live")))
        .isVisible();
    assertThat(page.locator("header .link")).containsText("Live");
    page.reload();
    assertThat(page.locator("header .link")).containsText("Live");

    page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Log out")).click();
    page.reload();
    assertThat(page.getByLabel("Admin token")).hasValue("");
  }

  @Test
  void a_token_in_the_address_is_taken_out_of_it(Visits visits) {
    Page page = visits.admin(Look.ENGLISH, "failures").page();

    assertThat(page.locator("header .link")).containsText("Live");
    assertThat(page.url())
        .doesNotContain("token")
        .doesNotContain("eyJ")
        .endsWith("#/failures?state=OPEN");
    page.goBack();
    assertThat(page.url()).doesNotContain("token");
  }

  @Test
  void what_is_no_token_or_not_an_admins_or_not_this_servers_is_told(Shop shop, Visits visits) {
    Visit visit = visits.of(Look.ENGLISH).open("/");
    Page page = visit.page();
    page.getByLabel("Admin token").fill("secret123");
    page.keyboard().press("Enter");
    assertThat(page.getByText("That is not a token")).isVisible();
    visit.assertAccessible("not a token");

    page.getByLabel("Admin token")
        .fill(Jwt.sign(Jwt.HS256, ASLEEP, "another-key-of-32-bytes-or-more!"));
    page.keyboard().press("Enter");
    assertThat(page.getByRole(AriaRole.ALERT)).containsText("does not accept this token");

    page.getByLabel("Admin token").fill(shop.user("jun"));
    assertThat(page.getByText("carries none of the roles")).isVisible();
    page.keyboard().press("Enter");
    assertThat(page.getByText("The token of jun is accepted, but has none of the roles"))
        .isVisible();
    assertThat(page.locator("main")).not().containsText("Pipeline");
    visit.assertAccessible("no permission");
    page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Log in with another token"))
        .click();
    assertThat(page.getByLabel("Admin token")).isVisible();
  }
}
