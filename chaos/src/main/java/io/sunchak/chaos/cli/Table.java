package io.sunchak.chaos.cli;

import io.sunchak.chaos.cycle.CycleReport;
import io.sunchak.chaos.history.Disturbance;
import io.sunchak.chaos.schedule.Fault;
import io.sunchak.chaos.schedule.Strike;
import java.util.List;
import java.util.stream.Collectors;

/** The cycles of a run for a terminal. */
final class Table {
  private static final String ROW = "%-26s %8s %22s%n";

  private Table() {}

  /** How often each fault struck, in how many violated cycles, and the sums. */
  static String of(List<CycleReport> reports, long seed) {
    StringBuilder text = new StringBuilder(ROW.formatted("fault", "struck", "in violated cycles"));
    for (Fault fault : Fault.values()) {
      long struck = reports.stream().mapToLong(report -> count(report, fault)).sum();
      long violated =
          reports.stream().filter(report -> !report.isClean() && count(report, fault) > 0).count();
      text.append(ROW.formatted(fault, struck, violated));
    }
    List<CycleReport> violated = reports.stream().filter(report -> !report.isClean()).toList();
    text.append(
        "%n%,d cycles from seed %d: %,d coupons, %,d promises checked, %,d lost as allowed, %,d cycles violated%n"
            .formatted(
                reports.size(),
                seed,
                reports.stream().mapToLong(CycleReport::accepted).sum(),
                reports.stream().mapToLong(CycleReport::checked).sum(),
                reports.stream().mapToLong(CycleReport::lost).sum(),
                violated.size()));
    violated.forEach(report -> text.append("  again: %s%n".formatted(again(report))));
    return text.toString();
  }

  private static long count(CycleReport report, Fault fault) {
    return report.struck().stream()
        .filter(Disturbance::hit)
        .map(Disturbance::strike)
        .filter(strike -> strike.fault() == fault)
        .count();
  }

  /** One cycle, for the log. */
  static String line(CycleReport report) {
    String faults =
        report.schedule().strikes().stream()
            .map(Strike::fault)
            .map(Fault::toString)
            .collect(Collectors.joining(", "));
    return "seed %d: %s · %d of %s accepted, %d unknown, %d lost as allowed · ready %d ms, drained %d ms · %s"
        .formatted(
            report.schedule().seed(),
            faults,
            report.accepted(),
            report.schedule().stock() == null ? "unlimited" : report.schedule().stock(),
            report.unknown(),
            report.lost(),
            report.readyMillis(),
            report.drainedMillis(),
            report.isClean() ? "kept" : "VIOLATED");
  }

  /** The command that runs this cycle alone. */
  static String again(CycleReport report) {
    return "./sunchak chaos --cycles 1 --seed " + report.schedule().seed();
  }
}
