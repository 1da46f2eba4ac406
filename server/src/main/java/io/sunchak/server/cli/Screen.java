package io.sunchak.server.cli;

import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.server.observe.Version;
import io.sunchak.server.transport.Transport;
import io.sunchak.token.TokenSigner;
import java.io.Console;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The text that is printed when the server is ready. */
final class Screen {
  private static final Duration LIFE = Duration.ofHours(24);

  private final String url;
  private final Path data;
  private final boolean kept;
  private final @Nullable TokenSigner signer;
  private final Transport transport;

  Screen(String url, Path data, boolean kept, @Nullable TokenSigner signer, Transport transport) {
    this.url = url;
    this.data = data;
    this.kept = kept;
    this.signer = signer;
    this.transport = transport;
  }

  /**
   * Prints it.
   *
   * @param demo describes the demo campaigns; null without a demo
   */
  void show(@Nullable EmbeddedEngines engines, @Nullable String demo, long nanos) {
    boolean terminal =
        Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    String running = engines == null ? "given engines" : engines.describe();
    out.printf(
        "  sunchak %s · JDK %d · %s · %s%n",
        Version.NUMBER, Runtime.version().feature(), running, transport);
    out.println(
        "  data: "
            + data
            + (kept ? " (kept between runs; --ephemeral forgets)" : " (forgotten at the end)"));
    if (demo != null) {
      out.println("  " + demo);
    }
    // Tokens are printed on a terminal only; anywhere else they would end up in a log.
    out.println(
        "  Dashboard   "
            + url
            + (terminal && signer != null ? "/#token=" + signer.sign("admin", true, LIFE) : "/"));
    out.println("  API docs    " + url + "/swagger-ui.html");
    if (demo != null) {
      out.println("  Claim page  " + url + "/c/demo-coffee");
    }
    if (demo != null && signer != null) {
      out.println(
          "  Try it:     curl -X POST %s/api/v1/campaigns/demo-coffee/issues -H \"Authorization: Bearer %s\""
              .formatted(url, token()));
    }
    out.println("  Drop it:    ./sunchak drop --users 10000 --data-dir " + pasted(data.toString()));
    out.printf("  ready in %.1f s · Ctrl-C stops everything%n", nanos / 1e9);
  }

  /** A shell substitution that creates a token when it is run. */
  private String token() {
    String sunchak = pasted(System.getProperty("sunchak.command", "./sunchak"));
    return "$(%s token --user you --data-dir %s)"
        .formatted(sunchak, pasted(data.toAbsolutePath().toString()));
  }

  /** Quoted for a shell, because a folder's name may contain blanks. */
  private static String pasted(String word) {
    return word.matches("[\\w./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
