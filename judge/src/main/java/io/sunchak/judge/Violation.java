package io.sunchak.judge;

/**
 * One violation of an invariant.
 *
 * @param evidence user, sequence and time, enough to find it in history and ledger
 */
public record Violation(Invariant invariant, String evidence) {
  @Override
  public String toString() {
    return invariant + " (" + invariant.promise() + "): " + evidence;
  }
}
