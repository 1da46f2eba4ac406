package io.sunchak.simulator.play;

import java.util.List;

/**
 * What came of a run.
 *
 * @param found what broke; empty when nothing did
 * @param hash of all that happened
 * @param trace what happened, if it was kept
 */
public record Report(Plan plan, List<String> found, long hash, List<String> trace) {
  public boolean isClean() {
    return found.isEmpty();
  }
}
