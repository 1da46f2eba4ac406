package io.sunchak.chaos.soak;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How a figure moves: the median of the slopes between all pairs of its samples (Theil and Sen), so
 * that a few outliers, as after a fault, bend nothing. Immutable.
 *
 * @param slope for one unit of the first axis
 * @param middle the figure's median
 * @param span of the first axis
 */
record Trend(double slope, double middle, double span) {

  /** {@code x} rises. */
  static Trend of(double[] x, double[] y) {
    List<Double> slopes = new ArrayList<>();
    for (int i = 0; i < x.length; i++) {
      for (int j = i + 1; j < x.length; j++) {
        if (x[j] > x[i]) {
          slopes.add((y[j] - y[i]) / (x[j] - x[i]));
        }
      }
    }
    double span = x.length == 0 ? 0 : x[x.length - 1] - x[0];
    return new Trend(
        median(slopes.stream().mapToDouble(Double::doubleValue).toArray()), median(y), span);
  }

  /** By how much the figure has grown over the span. */
  double growth() {
    return slope * span;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    if (sorted.length == 0) {
      return 0;
    }
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }
}
