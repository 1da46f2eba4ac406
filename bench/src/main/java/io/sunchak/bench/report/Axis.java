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

  /** From the power of ten below the least to just above the greatest. */
  static Axis logarithmic(double least, double greatest, double start, double length) {
    double from = Math.pow(10, Math.floor(Math.log10(least <= 0 ? 1 : least)));
    double to = Math.max(greatest * 1.15, from * 10);
    return new Axis(from, to, start, length, true);
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
      for (double tick = from; tick <= to * 1.0001; tick *= 10) {
        ticks.add(tick);
      }
      return ticks;
    }
    double step = roundStep(to / most);
    for (int i = 0; i * step <= to * 1.0001; i++) {
      ticks.add(i * step);
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
