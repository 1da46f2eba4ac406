package io.sunchak.load;

import org.HdrHistogram.Histogram;

/** Latencies of one kind of answer, in nanoseconds, up to a minute. Belongs to one thread. */
final class Latencies {
  private static final long HIGHEST = 60_000_000_000L;

  private final Histogram histogram = new Histogram(HIGHEST, 3);

  void record(long nanos) {
    histogram.recordValue(Math.clamp(nanos, 1, HIGHEST));
  }

  double millis(double percentile) {
    return histogram.getTotalCount() == 0 ? 0 : histogram.getValueAtPercentile(percentile) / 1e6;
  }
}
