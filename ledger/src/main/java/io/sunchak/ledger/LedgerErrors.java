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

/**
 * What PostgreSQL's errors mean for the ledger: the one place that knows SQLSTATEs. What is not the
 * ledger's own trouble, told by its class, is one row's: its data, a CHECK, a foreign or somebody
 * else's unique key, not null, whatever a trigger that was added raises.
 */
final class LedgerErrors {
  /** A number or user twice: what only Redis and ledger that disagree can bring about. */
  private static final Set<String> OWN_KEYS =
      Set.of("coupon_pkey", "coupon_user", "failure_pkey", "failure_user");

  private static final String UNIQUE_VIOLATION = "23505";

  /** A server that has become a standby, or does not write for the moment. */
  static final String READ_ONLY = "25006";

  /**
   * Classes of what may work later: connections, a transaction that was ended or may not write (a
   * primary that has just changed), serialization and deadlocks, resources, locks, an operator's
   * intervention.
   */
  private static final Set<String> PASSING = Set.of("08", "25", "40", "53", "55", "57");

  /**
   * Classes that every other row would meet, too: rights, passwords and catalogues (0L, 0P, 28, 3D,
   * 3F, 42), what this PostgreSQL cannot do (0A), its disks, files and defects (58, F0, XX), and
   * the ledger's own refusals (SU): a number beyond the max sequence, a coupon that would be
   * changed.
   */
  private static final Set<String> THE_LEDGERS =
      Set.of("0A", "0L", "0P", "28", "3D", "3F", "42", "58", "F0", "XX", "SU");

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

  /**
   * As {@link #call}, and once more where the server took no writes: nothing was written, and the
   * other try is on a session that was opened after that.
   */
  static <T> T callOnNewSession(Supplier<T> work) {
    try {
      return work.get();
    } catch (DataAccessException | TransactionException error) {
      SQLException cause = sqlCause(first(error));
      if (cause == null || !READ_ONLY.equals(cause.getSQLState())) {
        throw classify(first(error));
      }
    }
    return call(work);
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
    if (state.equals(UNIQUE_VIOLATION) && isOwnKey(cause)) {
      return new LedgerException.Drift(message, error);
    }
    return THE_LEDGERS.contains(classOf(state))
        ? new LedgerException.Permanent(message, error)
        : new LedgerException.Rejected(message, error);
  }

  /** Whether it may work later. */
  static boolean isPassing(String state) {
    return PASSING.contains(classOf(state));
  }

  /**
   * Whether the session is of no use any more, because it is gone or because its server takes no
   * writes: after a switch-over the next one may be another server's.
   */
  static boolean endsSession(String state) {
    return state.equals(READ_ONLY)
        || state.equals("25P03")
        || classOf(state).equals("08")
        || state.startsWith("57P");
  }

  private static String classOf(String state) {
    return state.substring(0, Math.min(2, state.length()));
  }

  /** An index that somebody else added refuses a row, and says nothing of Redis. */
  private static boolean isOwnKey(@Nullable SQLException cause) {
    ServerErrorMessage details =
        cause instanceof PSQLException error ? error.getServerErrorMessage() : null;
    String constraint = details == null ? null : details.getConstraint();
    return constraint == null || OWN_KEYS.contains(constraint);
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
