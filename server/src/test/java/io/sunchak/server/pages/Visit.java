package io.sunchak.server.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.EmulateMediaOptions;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ScreenshotAnimations;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One person in a browser of their own. Whatever no page may ever do is noted: a script's error or
 * warning, what the content security policy had to stop, a request to anybody but this server, a
 * pop-up.
 */
final class Visit implements AutoCloseable {
  /** Whether the README's pictures are to be made anew. */
  static final boolean PICTURES = Boolean.getBoolean("screenshots");

  private static final Path IMAGES = Path.of("../docs/images");
  private static final String AXE = Chromium.module("axe-core/axe.min.js");

  /** A refusal is an answer like any other, but the browser writes each to the console. */
  private static final Pattern ANSWER =
      Pattern.compile("Failed to load resource: the server responded with a status of 4\\d\\d .*");

  private static final Pattern NO_ANSWER =
      Pattern.compile("Failed to load resource: net::ERR_.*|.*net::ERR_INCOMPLETE_CHUNKED.*");
  private static final String TELL_VIOLATIONS =
      """
      document.addEventListener('securitypolicyviolation',
        (e) => console.error('CSP', e.effectiveDirective, e.blockedURI, e.sourceFile));
      """;
  private static final String FIND_VIOLATIONS =
      """
      async () => (await axe.run()).violations.map((v) =>
        `${v.id}: ${v.nodes.slice(0, 3).map((n) => `${n.target.join(' ')} ${n.failureSummary}`)}`)
      """;

  private final Shop shop;
  private final Look look;
  private final BrowserContext context;
  private final Page page;
  private final List<String> trouble = new ArrayList<>();
  private boolean mayLoseAnswers;

  Visit(Chromium chromium, Shop shop, Look look) {
    this.shop = shop;
    this.look = look;
    this.context = chromium.browser().newContext(look.options());
    // Not by a script element, which the policy would have to allow.
    context.addInitScript(AXE);
    context.addInitScript(TELL_VIOLATIONS);
    context.onRequest(request -> noteForeign(request.url()));
    this.page = context.newPage();
    page.onConsoleMessage(this::note);
    page.onPageError(error -> trouble.add("uncaught: " + error));
    page.onDialog(dialog -> {
      trouble.add("pop-up: " + dialog.message());
      dialog.dismiss();
    });
  }

  Page page() {
    return page;
  }

  /** Opens a path of the server. */
  Visit open(String path) {
    page.navigate(shop.url() + path);
    return this;
  }

  /** From here on the server may be out of reach. */
  Visit mayLoseAnswers() {
    mayLoseAnswers = true;
    return this;
  }

  /** A row of a table, or an item of a list, that holds the text. */
  Locator row(String text) {
    return page.locator("tbody tr, section li")
        .filter(new Locator.FilterOptions().setHasText(text));
  }

  Locator button(String name) {
    return button(page.locator("body"), name);
  }

  static Locator button(Locator within, String name) {
    return within.getByRole(
        AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name).setExact(true));
  }

  /** The one that is open. */
  Locator dialog() {
    return page.getByRole(AriaRole.DIALOG);
  }

  /** No violation that axe-core knows, in light and in dark. */
  void assertAccessible(String state) {
    for (ColorScheme colours : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      page.emulateMedia(new EmulateMediaOptions().setColorScheme(colours));
      assertThat((List<?>) page.evaluate(FIND_VIOLATIONS)).as("%s, %s", state, colours).isEmpty();
    }
    page.emulateMedia(new EmulateMediaOptions().setColorScheme(look.colours()));
  }

  /** Nothing is cut off at the right, or only to be reached by pushing the page sideways. */
  void assertFitsTheScreen(String state) {
    assertThat(page.evaluate("document.documentElement.scrollWidth - innerWidth"))
        .as("pixels beyond the right edge: %s", state)
        .isEqualTo(0);
  }

  /** Keeps a picture for the README, so many pixels high, where pictures were asked for. */
  void picture(String name, int height) {
    if (PICTURES) {
      page.setViewportSize(look.width(), height);
      page.mouse().move(0, 0);
      save(IMAGES.resolve(name + ".png"));
    }
  }

  void save(Path file) {
    page.screenshot(
        new ScreenshotOptions().setPath(file).setAnimations(ScreenshotAnimations.DISABLED));
  }

  private void noteForeign(String url) {
    if (!url.startsWith(shop.url() + "/") && !url.startsWith("blob:" + shop.url())) {
      trouble.add("request to " + url);
    }
  }

  private void note(ConsoleMessage message) {
    String text = message.text();
    String location = message.location();
    boolean ofApi = location.startsWith(shop.url() + "/") && location.contains("/api/v1/");
    boolean expected =
        ofApi
            && (ANSWER.matcher(text).matches()
                || (mayLoseAnswers && NO_ANSWER.matcher(text).matches()));
    if (!expected && !List.of("log", "info", "debug").contains(message.type())) {
      trouble.add("%s: %s (%s)".formatted(message.type(), text, location));
    }
  }

  /** What was provoked is noted, and then forgotten. */
  void awaitTrouble(String what) {
    page.waitForCondition(() -> trouble.stream().anyMatch(noted -> noted.contains(what)));
    trouble.clear();
  }

  void assertNoTrouble() {
    assertThat(trouble).as("what no page may do").isEmpty();
  }

  @Override
  public void close() {
    context.close();
  }
}
