package io.sunchak.chaos;

/** A run that cannot go on: one line with the cause, one with the next step. */
public final class ChaosException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String next;

  public ChaosException(String message, String next) {
    super(message);
    this.next = next;
  }

  public String next() {
    return next;
  }
}
