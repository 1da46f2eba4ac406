package io.sunchak.judge;

/**
 * One broken promise.
 *
 * @param evidence who, which sequence, when: enough to find it in history and ledger
 */
public record Violation(Invariant invariant, String evidence) {
  @Override
  public String toString() {
    return invariant + " (" + invariant.promise() + "): " + evidence;
  }
}
