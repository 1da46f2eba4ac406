package io.sunchak.server.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Playwright.CreateOptions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The system's Chromium, driven by the system's Node with the driver that npm brought into {@code
 * dashboard/}. Nothing is downloaded. For the thread that made it alone.
 */
final class Chromium implements AutoCloseable {
  /** For a page to come to show what is awaited, on a slow and busy machine. */
  static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final Path MODULES = Path.of("../dashboard/node_modules").toAbsolutePath();
  private static final List<String> FLAGS =
      List.of(
          "--no-sandbox",
          "--disable-gpu",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          "--no-first-run");

  private final Playwright playwright;
  private final Browser browser;

  private Chromium(Playwright playwright, Browser browser) {
    this.playwright = playwright;
    this.browser = browser;
  }

  static Chromium launch() {
    System.setProperty("playwright.cli.dir", driver().toString());
    Playwright playwright =
        Playwright.create(
            new CreateOptions()
                .setEnv(
                    Map.of(
                        "PLAYWRIGHT_NODEJS_PATH",
                        program("node").toString(),
                        "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD",
                        "1")));
    PlaywrightAssertions.setDefaultAssertionTimeout((double) PATIENCE.toMillis());
    LaunchOptions options =
        new LaunchOptions().setExecutablePath(program("chromium")).setArgs(FLAGS);
    return new Chromium(playwright, playwright.chromium().launch(options));
  }

  Browser browser() {
    return browser;
  }

  /** The text of a file that npm brought. */
  static String module(String path) {
    try {
      return Files.readString(brought(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path brought(String path) {
    Path file = MODULES.resolve(path);
    assertThat(file).as("brought by ./sunchak test, or by: cd dashboard && npm ci").exists();
    return file;
  }

  /** Playwright looks for its driver in a folder named {@code package}. */
  private static Path driver() {
    Path driver = brought("playwright-core/cli.js").getParent();
    Path folder = Path.of("target/playwright").toAbsolutePath();
    try {
      Files.createDirectories(folder);
      Files.deleteIfExists(folder.resolve("package"));
      Files.createSymbolicLink(folder.resolve("package"), driver);
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path program(String name) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() ->
            new IllegalStateException(
                name + " is missing: ./sunchak test says what to install, or installs it"));
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
