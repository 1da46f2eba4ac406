package io.sunchak.ledger;

import io.sunchak.core.ledger.LedgerException;
import java.sql.SQLException;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.TransactionSystemException;

/** What PostgreSQL's errors mean for the ledger: the one place that knows SQLSTATEs. */
final class LedgerErrors {
  private static final String UNIQUE_VIOLATION = "23505";
  private static final String CHECK_VIOLATION = "23514";
  private static final Set<String> ROW_CHECKS = Set.of("coupon_user_form");

  private LedgerErrors() {}

  static void run(Runnable work) {
    call(() -> {
      work.run();
      return true;
    });
  }

  static <T> T call(Supplier<T> work) {
    try {
      return work.get();
    } catch (DataAccessException | TransactionException error) {
      throw classify(first(error));
    }
  }

  /** What went wrong before the roll-back failed too, as it does on a dead connection. */
  private static Throwable first(RuntimeException error) {
    Throwable before =
        error instanceof TransactionSystemException late ? late.getApplicationException() : null;
    return before == null ? error : before;
  }

  private static LedgerException classify(Throwable error) {
    SQLException cause = sqlCause(error);
    String state = cause == null ? null : cause.getSQLState();
    String message = String.valueOf((cause == null ? error : cause).getMessage());
    if (state == null || isPassing(state)) {
      return new LedgerException(message, error);
    }
    if (state.equals(UNIQUE_VIOLATION)) {
      return new LedgerException.Drift(message, error);
    }
    if (state.startsWith("22") || isRowCheck(state, cause)) {
      return new LedgerException.Rejected(message, error);
    }
    // A number beyond the guard (SU001) too: no fault of its row's, and it does not pass.
    return new LedgerException.Permanent(message, error);
  }

  /**
   * Whether it may work later: connections, serialization, deadlocks, resources, lock and other
   * time-outs, an operator's intervention, a transaction that was ended or is read-only (a primary
   * that has just changed).
   */
  static boolean isPassing(String state) {
    return state.startsWith("08")
        || state.startsWith("25")
        || state.startsWith("53")
        || state.startsWith("57")
        || state.equals("40001")
        || state.equals("40P01")
        || state.equals("55P03");
  }

  private static boolean isRowCheck(String state, @Nullable SQLException cause) {
    if (!state.equals(CHECK_VIOLATION) || !(cause instanceof PSQLException error)) {
      return false;
    }
    ServerErrorMessage details = error.getServerErrorMessage();
    return details != null && ROW_CHECKS.contains(String.valueOf(details.getConstraint()));
  }

  private static @Nullable SQLException sqlCause(Throwable error) {
    for (Throwable t = error; t != null; t = t.getCause()) {
      if (t instanceof SQLException sql && sql.getSQLState() != null) {
        return sql;
      }
    }
    return null;
  }
}
