package io.sunchak.judge;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Collects violations: the first few of each invariant, and the number of the others. */
final class Findings {
  private static final int SHOWN = 10;

  private final List<Violation> violations = new ArrayList<>();
  private final Map<Invariant, Integer> counts = new EnumMap<>(Invariant.class);

  void add(Invariant invariant, String evidence) {
    if (counts.merge(invariant, 1, Integer::sum) <= SHOWN) {
      violations.add(new Violation(invariant, evidence));
    }
  }

  Verdict verdict() {
    counts.forEach((invariant, count) -> {
      if (count > SHOWN) {
        violations.add(new Violation(invariant, "and " + (count - SHOWN) + " more"));
      }
    });
    return new Verdict(List.copyOf(violations));
  }
}
