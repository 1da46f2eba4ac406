package io.sunchak.load;

/** A drop that could not be run: one line with the cause, one with the next step. */
public final class DropException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String next;

  public DropException(String message, String next) {
    super(message);
    this.next = next;
  }

  public String next() {
    return next;
  }
}
