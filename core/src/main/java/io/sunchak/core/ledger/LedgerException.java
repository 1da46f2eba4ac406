package io.sunchak.core.ledger;

import org.jspecify.annotations.Nullable;

/**
 * The ledger could not do what was asked. Unless a subclass says otherwise, it may work later and
 * nothing was changed.
 */
public class LedgerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public LedgerException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /**
   * Trying again will not mend it: a missing table, a missing right, or what a subclass says. A
   * person must look.
   */
  public static class Permanent extends LedgerException {
    private static final long serialVersionUID = 1L;

    public Permanent(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /**
   * A row cannot be written as it is: its data, a constraint or a trigger is against it. Another
   * row may pass. The transaction changed nothing.
   */
  public static final class Rejected extends Permanent {
    private static final long serialVersionUID = 1L;

    public Rejected(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /**
   * A number or user of the batch is in the ledger already: Redis and ledger disagree. The
   * transaction changed nothing.
   */
  public static final class Drift extends Permanent {
    private static final long serialVersionUID = 1L;

    public Drift(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }
}
