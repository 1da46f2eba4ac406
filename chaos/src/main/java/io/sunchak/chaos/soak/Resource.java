package io.sunchak.chaos.soak;

import java.util.List;
import java.util.Locale;

/**
 * What must not grow. A figure may move by a twentieth of its median, and by a slack that is its
 * noise on a short run. Redis' data is the exception: without archiving, a closed campaign keeps
 * its holders, so it is judged for each coupon.
 */
public enum Resource {
  DESCRIPTORS("open descriptors", 8),
  THREADS("threads", 6),
  HEAP("heap after a full collection", 4 << 20),
  RESIDENT("resident memory", 48 << 20),
  REDIS("Redis' data", 1 << 20);

  private static final double SHARE = 0.05;
  private static final double BYTES_A_COUPON = 160;

  private final String words;
  private final double slack;

  Resource(String words, double slack) {
    this.words = words;
    this.slack = slack;
  }

  private long of(Sample sample) {
    return switch (this) {
      case DESCRIPTORS -> sample.descriptors();
      case THREADS -> sample.threads();
      case HEAP -> sample.heap();
      case RESIDENT -> sample.resident();
      case REDIS -> sample.redis();
    };
  }

  /** By the time, in seconds. */
  Trend trend(List<Sample> samples) {
    return Trend.of(
        samples.stream().mapToDouble(one -> one.at().toMillis() / 1e3).toArray(),
        samples.stream().mapToDouble(this::of).toArray());
  }

  /** By how much it may grow while these samples are taken. */
  double allowed(List<Sample> samples) {
    if (this == REDIS) {
      return BYTES_A_COUPON * (samples.getLast().coupons() - samples.getFirst().coupons()) + slack;
    }
    return SHARE * trend(samples).middle() + slack;
  }

  /** One line: what it was, how it moved, and how it may. */
  String line(List<Sample> samples) {
    Trend trend = trend(samples);
    return String.format(
        Locale.ROOT,
        "%-30s median %,d, %+,d over %,d s (allowed %,d), %+,d an hour",
        words,
        Math.round(trend.middle()),
        Math.round(trend.growth()),
        Math.round(trend.span()),
        Math.round(allowed(samples)),
        Math.round(trend.slope() * 3_600));
  }

  boolean grows(List<Sample> samples) {
    return trend(samples).growth() > allowed(samples);
  }
}
