package io.sunchak.bench.report;

/**
 * Keeps a text within its place: no font is at hand while drawing, so widths are estimates on the
 * safe side.
 */
final class Fit {
  private Fit() {}

  /** The text, or its beginning with an ellipsis, no wider than so many pixels at a font size. */
  static Text within(double pixels, double size, Text text) {
    return text.map(words -> cut(words, pixels / size));
  }

  /** At most so many ems wide. */
  static String cut(String text, double ems) {
    double used = 0;
    int end = 0;
    int fits = 0;
    while (end < text.length()) {
      int c = text.codePointAt(end);
      used += width(c);
      if (used > ems) {
        return text.substring(0, fits).stripTrailing() + "…";
      }
      end += Character.charCount(c);
      if (used <= ems - 1) {
        fits = end;
      }
    }
    return text;
  }

  /** Korean letters are a square; Latin ones about half of it. */
  private static double width(int c) {
    if (c >= 0x1100) {
      return c >= 0x2000 && c < 0x3000 ? 0.8 : 1;
    }
    return Character.isUpperCase(c) ? 0.68 : c == ' ' ? 0.28 : 0.54;
  }
}
