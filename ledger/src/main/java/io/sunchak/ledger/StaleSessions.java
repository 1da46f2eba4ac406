package io.sunchak.ledger;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Throws sessions away that are of no use any more, as soon as one says so. HikariCP knows those
 * that are gone, but keeps one whose server takes no writes for half an hour: reads go well on it.
 * And where one of them is such, so are the others: all are made anew, each at its next return.
 * Thread-safe.
 */
final class StaleSessions implements SQLExceptionOverride {
  private volatile @Nullable HikariDataSource pool;

  /** From now on these are thrown away. */
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
