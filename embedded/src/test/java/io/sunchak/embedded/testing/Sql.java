package io.sunchak.embedded.testing;

import io.sunchak.embedded.EmbeddedEngines;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Asks PostgreSQL one thing at a time. */
public final class Sql {
  private Sql() {}

  public static Connection connect(EmbeddedEngines engines) throws SQLException {
    return DriverManager.getConnection(
        engines.jdbcUrl(), engines.postgresUser(), engines.postgresPassword());
  }

  /** The first column of the first row, or nothing for a statement without rows. */
  public static String ask(EmbeddedEngines engines, String sql) throws SQLException {
    try (Connection connection = connect(engines);
        Statement statement = connection.createStatement()) {
      if (!statement.execute(sql)) {
        return "";
      }
      try (ResultSet rows = statement.getResultSet()) {
        return rows.next() ? rows.getString(1) : "";
      }
    }
  }
}
