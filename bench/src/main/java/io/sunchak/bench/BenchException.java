package io.sunchak.bench;

/** A bench that cannot go on: one line with the cause, one with the next step. */
public final class BenchException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String next;

  public BenchException(String message, String next) {
    super(message);
    this.next = next;
  }

  public String next() {
    return next;
  }
}
