package io.sunchak.lab.drain;

/** The four drains of V5, in the order in which they were tried: what each does and its flaw. */
public enum DrainKind {
  /** {@link PopAfterSuccessDrain}: pops what it did not issue. */
  POP_AFTER_SUCCESS(1, "issue in parallel, pop after each success"),
  /** {@link RemoveByIndexDrain}: two overlapping runs remove what nobody issued. */
  REMOVE_BY_INDEX(2, "issue in parallel, then remove by index from the back"),
  /**
   * {@link MarkAndRebuildDrain}: loses what is enqueued during the rebuild; a run that overlaps
   * cannot read the mark.
   */
  MARK_AND_REBUILD(3, "mark what is issued, then rebuild the list without it"),
  /** {@link PopFirstDrain}: a crash after the pop loses the entry. */
  POP_FIRST(4, "pop first; failures are reported, kept, retried");

  private final int number;
  private final String mechanism;

  DrainKind(int number, String mechanism) {
    this.number = number;
    this.mechanism = mechanism;
  }

  /** Its name on the command line. */
  public int number() {
    return number;
  }

  public String mechanism() {
    return mechanism;
  }
}
