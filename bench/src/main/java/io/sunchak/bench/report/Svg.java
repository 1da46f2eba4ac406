package io.sunchak.bench.report;

import java.util.Locale;

/**
 * A growing SVG drawing. Coordinates are pixels; looks come from the classes of {@code chart.css}.
 */
final class Svg {
  private final Language language;
  private final String id;
  private final StringBuilder body = new StringBuilder();

  /** The id makes the drawing's own references unique on a page with many drawings. */
  Svg(Language language, String id) {
    this.language = language;
    this.id = id;
  }

  /** Where a text is anchored. */
  enum Anchor {
    START,
    MIDDLE,
    END
  }

  void rect(double x, double y, double width, double height, String style) {
    tag(
        "<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" rx=\"2\" class=\"%s\"/>"
            .formatted(n(x), n(y), n(Math.max(0, width)), n(height), style));
  }

  void line(double x1, double y1, double x2, double y2, String style) {
    tag(
        "<line x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\" class=\"%s\"/>"
            .formatted(n(x1), n(y1), n(x2), n(y2), style));
  }

  void circle(double x, double y, double radius, String style) {
    tag(
        "<circle cx=\"%s\" cy=\"%s\" r=\"%s\" class=\"%s\"/>"
            .formatted(n(x), n(y), n(radius), style));
  }

  void path(String d, String style) {
    tag("<path d=\"%s\" class=\"%s\"/>".formatted(d, style));
  }

  /** A square on its corner. */
  void diamond(double x, double y, double r, String style) {
    path(
        "M%s %sL%s %sL%s %sL%s %sZ"
            .formatted(n(x), n(y - r), n(x + r), n(y), n(x), n(y + r), n(x - r), n(y)),
        style);
  }

  /** A rectangle filled with slanted lines: legible without colour. */
  void hatched(double x, double y, double width, double height, String style) {
    rect(x, y, width, height, style);
    StringBuilder d = new StringBuilder();
    for (double from = x - height; from < x + width; from += 6) {
      double left = Math.max(from, x);
      double right = Math.min(from + height, x + width);
      if (right > left) {
        d.append(
            "M%s %sL%s %s"
                .formatted(
                    n(left),
                    n(y + height - (left - from)),
                    n(right),
                    n(y + height - (right - from))));
      }
    }
    path(d.toString(), style + "-lines");
  }

  void text(double x, double y, Anchor anchor, String style, Text text) {
    if (text.isEmpty()) {
      return;
    }
    switch (language) {
      case ENGLISH -> text(x, y, anchor, style, "", text.en());
      case KOREAN -> text(x, y, anchor, style, "", text.ko());
      case BOTH -> {
        if (text.isSame()) {
          text(x, y, anchor, style, "", text.en());
        } else {
          text(x, y, anchor, style, " lang=\"en\"", text.en());
          text(x, y, anchor, style, " lang=\"ko\"", text.ko());
        }
      }
    }
  }

  void text(double x, double y, Anchor anchor, String style, String same) {
    text(x, y, anchor, style, Text.same(same));
  }

  private void text(double x, double y, Anchor anchor, String style, String lang, String words) {
    String where =
        anchor == Anchor.START
            ? ""
            : " text-anchor=\"%s\"".formatted(anchor.name().toLowerCase(Locale.ROOT));
    tag(
        "<text x=\"%s\" y=\"%s\"%s class=\"%s\"%s>%s</text>"
            .formatted(n(x), n(y), where, style, lang, Markup.escape(words)));
  }

  /**
   * Starts a row: one thing to point at, to reach by keyboard and to be read aloud. Ends with
   * {@link #endRow}.
   */
  void row(double y, double width, double height, Text tip) {
    tag("<g class=\"row\" role=\"img\"%s>".formatted(label(tip)));
    tag(
        "<rect x=\"-6\" y=\"%s\" width=\"%s\" height=\"%s\" rx=\"4\" class=\"hit\"/>"
            .formatted(n(y), n(width + 12), n(height)));
  }

  void endRow() {
    body.append("</g>\n");
  }

  private String label(Text tip) {
    return switch (language) {
      case ENGLISH -> Markup.attribute("aria-label", Text.same(tip.en()));
      case KOREAN -> Markup.attribute("aria-label", Text.same(tip.ko()));
      case BOTH -> Markup.attribute("aria-label", tip);
    };
  }

  /** Another drawing, moved. */
  void group(double x, double y, Svg other) {
    tag("<g transform=\"translate(%s %s)\">\n%s</g>".formatted(n(x), n(y), other.body));
  }

  /** For a page that has the style already. */
  String inline(double width, double height, Text title) {
    return "<svg id=\"%s\" viewBox=\"0 0 %s %s\" width=\"%s\" height=\"%s\" role=\"group\"%s>\n%s</svg>\n"
        .formatted(id, n(width), n(height), n(width), n(height), label(title), body);
  }

  /** A file of its own: brings its style, its ground and both themes along. */
  String standalone(double width, double height, Text title, String style) {
    double pad = 20;
    return ("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"%1$s %1$s %2$s %3$s\" width=\"%2$s\" height=\"%3$s\""
            + " role=\"group\"%4$s>\n<style>%5$s</style>\n"
            + "<rect x=\"%6$s\" y=\"%6$s\" width=\"%7$s\" height=\"%8$s\" rx=\"10\" class=\"card\"/>\n%9$s</svg>\n")
        .formatted(
            n(-pad),
            n(width + 2 * pad),
            n(height + 2 * pad),
            label(title),
            style,
            n(0.5 - pad),
            n(width + 2 * pad - 1),
            n(height + 2 * pad - 1),
            body);
  }

  private void tag(String markup) {
    body.append(markup).append('\n');
  }

  /** A coordinate with one decimal at most. */
  static String n(double value) {
    long tenths = Math.round(value * 10);
    return tenths % 10 == 0 ? Long.toString(tenths / 10) : Double.toString(tenths / 10.0);
  }
}
