package io.sunchak.judge;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What the judge found.
 *
 * @param violations empty when every promise held; of each invariant the first few and a count
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
