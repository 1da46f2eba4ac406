package io.sunchak.bench.experiment;

import java.util.ArrayList;
import java.util.List;

/**
 * When a rate is steady: its last three seconds differ by less than a tenth. A bare server is
 * warmed by the same rule as the targets: on two cores it needs ten seconds to its full rate.
 */
final class WarmUp {
  private static final int LOOKED_AT = 3;
  private static final double STEADY = 1.1;
  private static final int SHORT = 10;

  private final int least;
  private final int most;
  private final List<Double> rates = new ArrayList<>();

  /**
   * At least so many seconds, at most twice as many; one of less than {@value #SHORT} s is for a
   * quick look and ends when they are over.
   */
  WarmUp(int least) {
    this.least = least;
    this.most = least < SHORT ? least : 2 * least;
  }

  void add(double perSecond) {
    rates.add(perSecond);
  }

  boolean goOn() {
    int seconds = rates.size();
    return seconds < least || (seconds < most && !isSteady());
  }

  private boolean isSteady() {
    if (rates.size() < LOOKED_AT) {
      return false;
    }
    List<Double> recent = rates.subList(rates.size() - LOOKED_AT, rates.size());
    double lowest = recent.stream().mapToDouble(rate -> rate).min().orElse(0);
    double highest = recent.stream().mapToDouble(rate -> rate).max().orElse(0);
    return highest <= lowest * STEADY;
  }

  /** How long it took. */
  int seconds() {
    return rates.size();
  }

  /** The last second's requests a second. */
  double last() {
    return rates.isEmpty() ? 0 : rates.getLast();
  }
}
