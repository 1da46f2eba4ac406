package io.sunchak.ledger.testing;

import io.sunchak.embedded.EmbeddedEngines;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** A person with a database console: looks past the ledger's code, and disturbs it. */
public record Operator(String jdbcUrl, String user, String password) {

  public static Operator of(EmbeddedEngines engines) {
    return new Operator(engines.jdbcUrl(), engines.postgresUser(), engines.postgresPassword());
  }

  public Operator in(String database) {
    String server = jdbcUrl.substring(0, jdbcUrl.lastIndexOf('/') + 1);
    return new Operator(server + database, user, password);
  }

  public Connection connect() throws SQLException {
    return DriverManager.getConnection(jdbcUrl, user, password);
  }

  /** A session in a transaction that holds what {@code sql} locks, until it is closed. */
  public Connection holding(String sql, Object... parameters) throws SQLException {
    Connection session = connect();
    session.setAutoCommit(false);
    run(session, sql, parameters);
    return session;
  }

  public void run(String sql, Object... parameters) throws SQLException {
    try (Connection session = connect()) {
      run(session, sql, parameters);
    }
  }

  public static void run(Connection session, String sql, Object... parameters) throws SQLException {
    try (PreparedStatement statement = prepare(session, sql, parameters)) {
      statement.execute();
    }
  }

  /** The first column of the first row; empty if there is none. */
  public String ask(String sql, Object... parameters) throws SQLException {
    try (Connection session = connect();
        PreparedStatement statement = prepare(session, sql, parameters);
        ResultSet rows = statement.executeQuery()) {
      return rows.next() ? String.valueOf(rows.getString(1)) : "";
    }
  }

  /** The first column of all rows, a line each. */
  public String all(String sql) throws SQLException {
    List<String> lines = new ArrayList<>();
    try (Connection session = connect();
        Statement statement = session.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        lines.add(rows.getString(1));
      }
    }
    return String.join("\n", lines);
  }

  private static PreparedStatement prepare(Connection session, String sql, Object... parameters)
      throws SQLException {
    PreparedStatement statement = session.prepareStatement(sql);
    for (int i = 0; i < parameters.length; i++) {
      statement.setObject(i + 1, parameters[i]);
    }
    return statement;
  }
}
