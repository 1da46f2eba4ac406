package io.sunchak.judge;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The judge's result.
 *
 * @param violations empty if every invariant held; else the first few of each invariant and a count
 *     of the others
 */
public record Verdict(List<Violation> violations) {
  public boolean isClean() {
    return violations.isEmpty();
  }

  @Override
  public String toString() {
    return isClean()
        ? "all invariants hold"
        : violations.stream().map(Violation::toString).collect(Collectors.joining("\n"));
  }
}
