package io.sunchak.judge;

/** What the judge decides from a history and the ledger's rows. */
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

  /** In words. */
  public String promise() {
    return promise;
  }
}
