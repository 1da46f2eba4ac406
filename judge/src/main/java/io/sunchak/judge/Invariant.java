package io.sunchak.judge;

/** The invariants that the judge checks. */
public enum Invariant {
  I1("no oversell"),
  I2("no duplicate"),
  I3("no loss"),
  I4("no phantom"),
  I5("order"),
  I6("sold out is final"),
  I7("no gap, no undersell");

  private final String promise;

  Invariant(String promise) {
    this.promise = promise;
  }

  /** The invariant in words. */
  public String promise() {
    return promise;
  }
}
