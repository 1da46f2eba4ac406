package io.sunchak.bench.report;

import java.util.ArrayList;
import java.util.List;

/** Places values along a length: from zero in equal steps, or each step ten times the last. */
record Axis(double from, double to, double start, double length, boolean logarithmic) {

  /** From zero to a round number not below the greatest. */
  static Axis linear(double greatest, double start, double length) {
    double top = greatest <= 0 ? 1 : greatest;
    return new Axis(0, top * 1.02, start, length, false);
  }

  /** From a round number below the least to just above the greatest. */
  static Axis logarithmic(double least, double greatest, double start, double length) {
    double from = roundBelow(least <= 0 ? 1 : least);
    return new Axis(from, Math.max(greatest * 1.15, from * 2), start, length, true);
  }

  private static double roundBelow(double value) {
    double magnitude = Math.pow(10, Math.floor(Math.log10(value)));
    return magnitude * (value >= 5 * magnitude ? 5 : value >= 2 * magnitude ? 2 : 1);
  }

  double at(double value) {
    double share =
        logarithmic
            ? Math.log(Math.max(value, from) / from) / Math.log(to / from)
            : (value - from) / (to - from);
    return start + length * Math.clamp(share, 0, 1);
  }

  /** Round values worth a grid line, at most about that many. */
  List<Double> ticks(int most) {
    List<Double> ticks = new ArrayList<>();
    if (logarithmic) {
      return decades(most);
    }
    double step = roundStep(to / most);
    for (int i = 0; i * step <= to * 1.0001; i++) {
      ticks.add(i * step);
    }
    return ticks;
  }

  /** Each power of ten; where that leaves fewer than three, twice and five times each as well. */
  private List<Double> decades(int most) {
    List<Double> ticks = new ArrayList<>();
    double[] steps = Math.log10(to / from) * 3 <= most ? new double[] {1, 2, 5} : new double[] {1};
    for (double decade = Math.pow(10, Math.floor(Math.log10(from))); decade <= to; decade *= 10) {
      for (double step : steps) {
        double tick = decade * step;
        if (tick >= from * 0.9999 && tick <= to * 1.0001) {
          ticks.add(tick);
        }
      }
    }
    return ticks;
  }

  private static double roundStep(double atLeast) {
    double magnitude = Math.pow(10, Math.floor(Math.log10(atLeast)));
    for (double step : new double[] {1, 2, 5}) {
      if (step * magnitude >= atLeast) {
        return step * magnitude;
      }
    }
    return 10 * magnitude;
  }
}
