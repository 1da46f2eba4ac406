package io.sunchak.bench.report;

import org.jspecify.annotations.Nullable;

/** The least and the greatest of several runs. */
record Range(double least, double greatest) {

  /** Null unless both ends are known. */
  static @Nullable Range of(@Nullable Double least, @Nullable Double greatest) {
    return least == null || greatest == null ? null : new Range(least, greatest);
  }

  Text text() {
    return Text.format("%s to %s", "%s~%s", Numbers.rate(least), Numbers.rate(greatest));
  }

  /** For tables: 57,000–64,000. */
  String dashed() {
    return Numbers.rate(least) + "–" + Numbers.rate(greatest);
  }
}
