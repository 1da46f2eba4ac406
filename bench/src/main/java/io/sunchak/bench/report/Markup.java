package io.sunchak.bench.report;

/**
 * Escaping, and texts in two languages, for HTML and SVG alike. Every text from a file passes
 * through here.
 */
final class Markup {
  private Markup() {}

  /**
   * Safe as text and within double-quoted attributes; characters that no XML may hold are dropped.
   */
  static String escape(String text) {
    StringBuilder safe = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(c -> {
          switch (c) {
            case '&' -> safe.append("&amp;");
            case '<' -> safe.append("&lt;");
            case '>' -> safe.append("&gt;");
            case '"' -> safe.append("&quot;");
            default -> {
              if (allowed(c)) {
                safe.appendCodePoint(c);
              }
            }
          }
        });
    return safe.toString();
  }

  private static boolean allowed(int c) {
    boolean control = c < 0x20 && c != '\n' && c != '\t';
    boolean surrogate = c >= 0xD800 && c <= 0xDFFF;
    return !control && !surrogate && c != 0xFFFE && c != 0xFFFF;
  }

  /** Both languages side by side; the page's style hides one. */
  static String html(Text text) {
    if (text.isSame()) {
      return escape(text.en());
    }
    return "<span lang=\"en\">%s</span><span lang=\"ko\">%s</span>"
        .formatted(escape(text.en()), escape(text.ko()));
  }

  /** An attribute in both languages: English until the page's script sets the other. */
  static String attribute(String name, Text text) {
    String english = escape(text.en());
    if (text.isSame()) {
      return " %s=\"%s\"".formatted(name, english);
    }
    return " %1$s=\"%2$s\" data-%1$s-en=\"%2$s\" data-%1$s-ko=\"%3$s\""
        .formatted(name, english, escape(text.ko()));
  }

  /** A link to a run file beside the page, whatever its name holds. */
  static String runLink(String file) {
    return "runs/" + encode(file);
  }

  static String encode(String file) {
    return java.net.URLEncoder.encode(file, java.nio.charset.StandardCharsets.UTF_8)
        .replace("+", "%20");
  }
}
