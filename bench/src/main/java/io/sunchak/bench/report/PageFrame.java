package io.sunchak.bench.report;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;

/** What stands around the page: its policy, looks and switches before, data and script after. */
final class PageFrame {
  private PageFrame() {}

  static String head() {
    StringBuilder html = new StringBuilder();
    html.append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
        .append(
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; base-uri 'none';")
        .append(" form-action 'none'; style-src 'unsafe-inline'; script-src 'sha256-")
        .append(sha256("\n" + Style.resource("page.js")))
        .append("'\">\n<title>")
        .append(Markup.escape("Sunchak bench"))
        .append("</title>\n<style>\n")
        .append(Style.ofPage())
        .append("</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#results\">")
        .append(Markup.html(Text.of("To the results", "결과로 건너뛰기")))
        .append(
            "</a>\n<div class=\"page\">\n<header class=\"bar\"><div class=\"brand\">Sunchak <span>bench</span></div>\n");
    switches(
        html,
        "lang",
        Text.of("Language", "언어"),
        List.of(new Choice("en", Text.same("English")), new Choice("ko", Text.same("한국어"))),
        "en");
    switches(
        html,
        "theme",
        Text.of("Theme", "테마"),
        List.of(
            new Choice("auto", Text.of("Auto", "자동")),
            new Choice("light", Text.of("Light", "밝게")),
            new Choice("dark", Text.of("Dark", "어둡게"))),
        "auto");
    return html.append("</header>\n<main>\n").toString();
  }

  private record Choice(String value, Text label) {}

  private static void switches(
      StringBuilder html, String kind, Text name, List<Choice> choices, String chosen) {
    html.append("<div class=\"switch\" role=\"group\"")
        .append(Markup.attribute("aria-label", name))
        .append('>');
    for (Choice choice : choices) {
      html.append(
          "<button type=\"button\" data-%s=\"%s\" aria-pressed=\"%s\">%s</button>"
              .formatted(
                  kind,
                  choice.value(),
                  choice.value().equals(chosen),
                  Markup.html(choice.label())));
    }
    html.append("</div>\n");
  }

  static String foot(Text source, String data) {
    StringBuilder html = new StringBuilder();
    return html.append("</main>\n<footer>")
        .append(Markup.html(source))
        .append("</footer>\n</div>\n<script type=\"application/json\" id=\"data\">")
        .append(Json.inScript(data))
        .append("</script>\n<script>\n")
        .append(Style.resource("page.js"))
        .append("</script>\n</body>\n</html>\n")
        .toString();
  }

  private static String sha256(String script) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
