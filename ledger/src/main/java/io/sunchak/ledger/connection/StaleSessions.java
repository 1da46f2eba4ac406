package io.sunchak.ledger.connection;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Discards sessions of a server that has become read-only. HikariCP detects closed sessions, but
 * keeps such a session for half an hour because reads succeed on it. If one session is read-only,
 * so are the others: each is replaced when it is next returned to the pool. Thread-safe.
 */
final class StaleSessions implements SQLExceptionOverride {
  private volatile @Nullable HikariDataSource pool;

  /** Sets the pool whose sessions are to be discarded. */
  void of(HikariDataSource opened) {
    pool = opened;
  }

  @java.lang.Override
  public Override adjudicate(SQLException error) {
    String state = error.getSQLState();
    if (state == null || !LedgerErrors.endsSession(state)) {
      return Override.CONTINUE_EVICT;
    }
    HikariDataSource opened = pool;
    if (opened != null && state.equals(LedgerErrors.READ_ONLY)) {
      opened.getHikariPoolMXBean().softEvictConnections();
    }
    return Override.MUST_EVICT;
  }
}
