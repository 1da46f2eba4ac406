package io.sunchak.admission.script;

/** Fewer replicas than needed have what a call did: it may outlive a failover or not. */
public final class UnacknowledgedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Of these many.
   *
   * @param heard how many replicas acknowledged
   */
  public UnacknowledgedException(long heard, int needed) {
    super("%d of %d replicas acknowledged".formatted(heard, needed));
  }
}
