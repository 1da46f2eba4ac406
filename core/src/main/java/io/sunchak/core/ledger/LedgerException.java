package io.sunchak.core.ledger;

import org.jspecify.annotations.Nullable;

/**
 * The ledger could not do the operation. Unless a subclass says otherwise, nothing was changed and
 * a retry may succeed.
 */
public class LedgerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public LedgerException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /**
   * A retry will not help: a table or a right is missing, or what a subclass says. An operator must
   * look.
   */
  public static class Permanent extends LedgerException {
    private static final long serialVersionUID = 1L;

    public Permanent(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /**
   * A row cannot be written: its data, a constraint or a trigger forbids it. Other rows may be
   * accepted. The transaction changed nothing.
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
  public static final class Duplicate extends Permanent {
    private static final long serialVersionUID = 1L;

    public Duplicate(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }
}
