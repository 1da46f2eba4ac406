package io.sunchak.ledger.connection;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Opens the connections of a pool and, while PostgreSQL is away, repeats the attempt every 100 ms
 * until it succeeds or the pool is closed. HikariCP doubles its pause after each failed attempt, up
 * to 5 s, and offers no setting for it: a call that came after PostgreSQL was back would wait out
 * its time in such a pause. For use by the pool's one thread that opens connections.
 */
final class ReconnectingSource extends DelegatingDataSource {
  private static final Duration PAUSE = Duration.ofMillis(100);

  private volatile @Nullable HikariDataSource pool;
  private volatile boolean away;

  ReconnectingSource(DataSource target) {
    super(target);
  }

  /** Sets the pool whose end ends the attempts. */
  void of(HikariDataSource opened) {
    pool = opened;
  }

  /**
   * @throws SQLException at the first failure while PostgreSQL is away, because HikariCP names it
   *     as the cause to all who wait meanwhile; at each failure that another attempt cannot mend
   */
  @Override
  public Connection getConnection() throws SQLException {
    while (true) {
      try {
        Connection connection = super.getConnection();
        away = false;
        return connection;
      } catch (SQLException e) {
        if (!away || !LedgerPool.mayPass(e) || isClosed() || Thread.interrupted()) {
          away = true;
          throw e;
        }
        LockSupport.parkNanos(PAUSE.toNanos());
      }
    }
  }

  private boolean isClosed() {
    HikariDataSource opened = pool;
    return opened != null && opened.isClosed();
  }
}
