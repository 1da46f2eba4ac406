package io.sunchak.ledger.connection;

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
 * Maps PostgreSQL's errors to {@link io.sunchak.core.ledger.LedgerException}s; the only place that
 * knows SQLSTATEs. The class of an SQLSTATE tells whether the error concerns the whole ledger. All
 * other errors concern one row: its data, a CHECK, a foreign key, an added unique key, not null, or
 * an added trigger.
 */
public final class LedgerErrors {
  /** A number or user exists already. This happens only if Redis and the ledger disagree. */
  private static final Set<String> OWN_KEYS =
      Set.of("coupon_pkey", "coupon_user", "failure_pkey", "failure_user");

  private static final String UNIQUE_VIOLATION = "23505";

  /** The server has become a standby or is read-only at the moment. */
  static final String READ_ONLY = "25006";

  /**
   * Classes of errors after which a retry may succeed: connections, a transaction that was ended or
   * may not write (after a switch-over), serialization failures and deadlocks, resources, locks, an
   * operator's intervention.
   */
  private static final Set<String> PASSING = Set.of("08", "25", "40", "53", "55", "57");

  /**
   * Classes of errors that every other row would cause too: rights, passwords and catalogues (0L,
   * 0P, 28, 3D, 3F, 42), unsupported features (0A), disks, files and internal errors (58, F0, XX),
   * and the ledger's own triggers (SU): a number above max_seq, a change of a coupon.
   */
  private static final Set<String> THE_LEDGERS =
      Set.of("0A", "0L", "0P", "28", "3D", "3F", "42", "58", "F0", "XX", "SU");

  private LedgerErrors() {}

  public static void run(Runnable work) {
    call(() -> {
      work.run();
      return true;
    });
  }

  public static <T> T call(Supplier<T> work) {
    try {
      return work.get();
    } catch (DataAccessException | TransactionException error) {
      throw classify(first(error));
    }
  }

  /**
   * As {@link #call}, with one retry if the server was read-only: nothing was written then, and the
   * retry uses a session that was opened later.
   */
  public static <T> T callOnNewSession(Supplier<T> work) {
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

  /** The original error, if the roll-back failed after it, as it does on a dead connection. */
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
      return new LedgerException.Duplicate(message, error);
    }
    return THE_LEDGERS.contains(classOf(state))
        ? new LedgerException.Permanent(message, error)
        : new LedgerException.Rejected(message, error);
  }

  /** Whether a retry may succeed. */
  static boolean isPassing(String state) {
    return PASSING.contains(classOf(state));
  }

  /**
   * Whether the session is useless, because it is closed or because its server is read-only: after
   * a switch-over a new session may reach another server.
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

  /** A violation of an added index concerns one row and is no sign of drift. */
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
