package io.sunchak.lab.drain;

/** The four parallel drains, in the order in which they were tried: what each does and its flaw. */
public enum DrainKind {
  POP_AFTER_SUCCESS(1, "issue in parallel, pop after each success", "pops what it did not issue"),
  REMOVE_BY_INDEX(
      2,
      "issue in parallel, then remove by index from the back",
      "two overlapping runs remove" + " what nobody issued"),
  MARK_AND_REBUILD(
      3,
      "mark what is issued, then rebuild the list without it",
      "loses what is enqueued during" + " the rebuild; a run that overlaps cannot read the mark"),
  POP_FIRST(4, "pop first; failures told, kept, tried again", "a crash after the pop loses it");

  private final int number;
  private final String mechanism;
  private final String flaw;

  DrainKind(int number, String mechanism, String flaw) {
    this.number = number;
    this.mechanism = mechanism;
    this.flaw = flaw;
  }

  public int number() {
    return number;
  }

  public String mechanism() {
    return mechanism;
  }

  public String flaw() {
    return flaw;
  }
}
