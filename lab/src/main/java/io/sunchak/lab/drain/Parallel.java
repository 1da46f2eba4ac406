package io.sunchak.lab.drain;

/** How parallel the parallel drains are: as many at once as there are connections to the ledger. */
final class Parallel {
  static final int AT_ONCE = 16;

  private Parallel() {}
}
