package io.sunchak.chaos.soak;

import io.sunchak.chaos.cycle.CycleReport;
import java.util.Arrays;
import java.util.List;

/**
 * What a soak came to.
 *
 * @param measured the samples after the warm-up, which is the first third of all
 */
public record SoakReport(List<CycleReport> cycles, List<Sample> measured) {

  /** Broken promises of every cycle. */
  public List<String> violations() {
    return cycles.stream().flatMap(cycle -> cycle.violations().stream()).toList();
  }

  /** A line for each resource. */
  public List<String> figures() {
    return measured.isEmpty()
        ? List.of()
        : Arrays.stream(Resource.values()).map(resource -> resource.line(measured)).toList();
  }

  /** What grew more than it may. */
  public List<Resource> growing() {
    return measured.isEmpty()
        ? List.of()
        : Arrays.stream(Resource.values()).filter(one -> one.grows(measured)).toList();
  }

  public boolean isClean() {
    return violations().isEmpty() && growing().isEmpty();
  }
}
