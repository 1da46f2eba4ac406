package io.sunchak.bench.report;

import java.util.Locale;

/**
 * How numbers are written: three digits that mean something, thousands apart, the same in both
 * languages.
 */
final class Numbers {
  private Numbers() {}

  /** A rate or a cost: 61,230 or 846 or 12.5 or 1.25. */
  static String rate(double value) {
    if (Math.abs(value) >= 100 || value == Math.rint(value)) {
      return String.format(Locale.ROOT, "%,d", Math.round(value));
    }
    String pattern = Math.abs(value) >= 10 ? "%.1f" : Math.abs(value) >= 0.1 ? "%.2f" : "%.3f";
    return String.format(Locale.ROOT, pattern, value);
  }

  static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** Milliseconds: 0.42 or 4.2 or 84 or 1,368. */
  static String millis(double value) {
    if (value >= 10) {
      return String.format(Locale.ROOT, "%,d", Math.round(value));
    }
    return String.format(Locale.ROOT, value >= 1 ? "%.1f" : "%.2f", value);
  }

  /** A share of one in per cent: 48% or 4.2% or 0.07%. */
  static String share(double ratio) {
    double percent = ratio * 100;
    String pattern = percent >= 10 ? "%.0f%%" : percent >= 1 ? "%.1f%%" : "%.2f%%";
    return String.format(Locale.ROOT, pattern, percent);
  }

  /** How many times as much: 19 or 2.4 or 1.08. */
  static String times(double ratio) {
    String pattern = ratio >= 10 ? "%,.0f" : ratio >= 1.5 ? "%.1f" : "%.2f";
    return String.format(Locale.ROOT, pattern, ratio);
  }

  /** Seconds: 0.3 s or 12 s. */
  static String seconds(double value) {
    return String.format(Locale.ROOT, value >= 10 ? "%,.0f s" : "%.1f s", value);
  }

  /** On an axis of milliseconds: 0.1 or 10 or 1 s. */
  static String axisMillis(double value) {
    return value >= 1000 ? axis(value / 1000) + " s" : axis(value) + " ms";
  }

  /** On an axis: 0, 50 k, 1 M. */
  static String axis(double value) {
    if (value >= 1_000_000) {
      return plain(value / 1_000_000) + " M";
    }
    return value >= 10_000 ? plain(value / 1000) + " k" : plain(value);
  }

  private static String plain(double value) {
    if (value == Math.rint(value)) {
      return String.format(Locale.ROOT, "%,d", Math.round(value));
    }
    return java.math.BigDecimal.valueOf(value)
        .round(new java.math.MathContext(3))
        .stripTrailingZeros()
        .toPlainString();
  }
}
