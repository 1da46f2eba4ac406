package io.sunchak.ledger.connection;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.postgresql.util.PSQLException;

/**
 * Whose the sessions are: this node's own, which take their settings from it, or a pooler's, such
 * as PgBouncer's in transaction mode, where each transaction may run in another one.
 */
enum Sessions {
  OWN,
  /** Their settings are the role's, and no statement stays prepared in one. */
  POOLED;

  /**
   * Plans are not cached, because a plan from when the ledger was small reads a whole campaign for
   * each row. A node that hangs within a transaction, or whose machine is gone, must not keep its
   * locks, because the other nodes need the cursor and the resync's lock.
   */
  private static final Map<String, String> NEEDED = new LinkedHashMap<>();

  /** Only a session of one's own has it: how a pooler that drops settings is recognised. */
  private static final String MARK = "sunchak.own_session";

  private static final String SETTINGS;
  private static final String PROTOCOL_VIOLATION = "08P01";

  static {
    NEEDED.put("synchronous_commit", "on");
    NEEDED.put("plan_cache_mode", "force_custom_plan");
    NEEDED.put("statement_timeout", "20000");
    NEEDED.put("lock_timeout", "10000");
    NEEDED.put("idle_in_transaction_session_timeout", "20000");
    Map<String, String> all = new LinkedHashMap<>(NEEDED);
    all.put("tcp_keepalives_idle", "10");
    all.put("tcp_keepalives_interval", "5");
    all.put("tcp_keepalives_count", "3");
    all.put(MARK, "on");
    SETTINGS =
        all.entrySet().stream()
            .map(setting -> "-c " + setting.getKey() + "=" + setting.getValue())
            .collect(Collectors.joining(" "));
  }

  /**
   * For the driver. Own sessions are given their settings as they begin, so that no {@code ALTER
   * ROLE} or {@code ALTER DATABASE} can undo them.
   */
  Properties properties(LedgerLogin login) {
    Properties properties = new Properties();
    properties.setProperty("user", login.user());
    properties.setProperty("password", login.password());
    properties.setProperty("connectTimeout", "2");
    properties.setProperty("socketTimeout", "30");
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("ApplicationName", "sunchak");
    if (this == OWN) {
      properties.setProperty("options", SETTINGS);
    } else {
      properties.setProperty("prepareThreshold", "0");
    }
    return properties;
  }

  /** Whether a new session has come without the settings that it was begun with. */
  static boolean haveLostTheirSettings(Connection session) throws SQLException {
    return !"on".equals(ask(session, "SELECT current_setting(?, true)", MARK));
  }

  /** Whether a pooler has refused a session because of the settings that it was begun with. */
  static boolean areRefused(SQLException error) {
    return isPoolersError(error)
        && String.valueOf(error.getMessage()).contains("startup parameter");
  }

  /** PostgreSQL has other codes; without words of a server the driver speaks of what is none. */
  static boolean isPoolersError(SQLException error) {
    return PROTOCOL_VIOLATION.equals(error.getSQLState())
        && error instanceof PSQLException told
        && told.getServerErrorMessage() != null;
  }

  /** What gives the role the settings that this session lacks, as SQL; empty if it has them. */
  static String missing(Connection session, String role) throws SQLException {
    StringBuilder sql = new StringBuilder();
    for (Map.Entry<String, String> needed : NEEDED.entrySet()) {
      String found =
          ask(session, "SELECT setting FROM pg_settings WHERE name = ?", needed.getKey());
      if (!needed.getValue().equals(found)) {
        sql.append(
            "ALTER ROLE %s SET %s = %s; ".formatted(role, needed.getKey(), needed.getValue()));
      }
    }
    return sql.toString().strip();
  }

  private static String ask(Connection session, String question, String name) throws SQLException {
    try (PreparedStatement statement = session.prepareStatement(question)) {
      statement.setString(1, name);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? String.valueOf(row.getString(1)) : "";
      }
    }
  }
}
