package io.sunchak.server.endtoend;

import io.sunchak.embedded.EmbeddedEngines;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** A ledger whose coupons can be read and to which none can be added, until this is closed. */
public final class BlockedDrain implements AutoCloseable {
  private final Connection session;

  private BlockedDrain(Connection session) {
    this.session = session;
  }

  public static BlockedDrain of(EmbeddedEngines engines) throws SQLException {
    Connection session =
        DriverManager.getConnection(
            engines.jdbcUrl(), engines.postgresUser(), engines.postgresPassword());
    session.setAutoCommit(false);
    session.createStatement().execute("LOCK TABLE coupon IN SHARE ROW EXCLUSIVE MODE");
    return new BlockedDrain(session);
  }

  /** From here on rows can be added. */
  void release() throws SQLException {
    session.rollback();
  }

  @Override
  public void close() throws SQLException {
    session.close();
  }
}
