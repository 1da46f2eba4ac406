package io.sunchak.ledger;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import io.sunchak.core.ledger.LedgerException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/** How the ledger connects to PostgreSQL: every wait bounded, on both sides. */
final class LedgerPool {
  private static final String PREFIX = "jdbc:postgresql:";
  private static final int CONNECTIONS = 16;
  private static final Duration CONNECTION_WAIT = Duration.ofSeconds(2);
  private static final Duration RETRY = Duration.ofMillis(200);

  /**
   * Set by the session itself, so that no {@code ALTER ROLE} or {@code ALTER DATABASE} can undo
   * them. Every plan is made for the ledger as it is: one that was kept from when it was small
   * reads a whole campaign for each row. A node that stands still within a transaction, or whose
   * machine is gone, must not keep its locks: the other nodes need the cursor and the right to
   * align.
   */
  private static final List<String> SESSION =
      List.of(
          "synchronous_commit=on",
          "plan_cache_mode=force_custom_plan",
          "statement_timeout=20000",
          "lock_timeout=10000",
          "idle_in_transaction_session_timeout=20000",
          "tcp_keepalives_idle=10",
          "tcp_keepalives_interval=5",
          "tcp_keepalives_count=3");

  private LedgerPool() {}

  /**
   * Waits for PostgreSQL, at most {@code patience}, and connects.
   *
   * @throws LedgerException at once when waiting cannot help (password, database), else when
   *     patience is over
   */
  static HikariDataSource open(String jdbcUrl, String user, String password, Duration patience) {
    return open(jdbcUrl, user, password, patience, CONNECTIONS);
  }

  static HikariDataSource open(
      String jdbcUrl, String user, String password, Duration patience, int connections) {
    String shown = withoutParameters(jdbcUrl);
    if (!jdbcUrl.startsWith(PREFIX)) {
      throw new LedgerException("not a " + PREFIX + "//host:port/database URL: " + shown, null);
    }
    HikariConfig config = config(jdbcUrl, user, password);
    config.setMaximumPoolSize(connections);
    try {
      await(config, patience);
      StaleSessions stale = new StaleSessions();
      config.setExceptionOverride(stale);
      HikariDataSource pool = new HikariDataSource(config);
      stale.of(pool);
      return pool;
    } catch (SQLException | HikariPool.PoolInitializationException e) {
      throw new LedgerException("cannot use PostgreSQL at " + shown + ": " + e.getMessage(), e);
    }
  }

  private static void await(HikariConfig config, Duration patience) throws SQLException {
    Properties properties = new Properties();
    properties.putAll(config.getDataSourceProperties());
    properties.setProperty("user", config.getUsername());
    properties.setProperty("password", config.getPassword());
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      try {
        DriverManager.getConnection(config.getJdbcUrl(), properties).close();
        return;
      } catch (SQLException e) {
        String state = e.getSQLState();
        boolean passing = state == null || LedgerErrors.isPassing(state);
        if (!passing || System.nanoTime() - deadline > 0) {
          throw e;
        }
        LockSupport.parkNanos(RETRY.toNanos());
      }
    }
  }

  private static HikariConfig config(String jdbcUrl, String user, String password) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(jdbcUrl);
    config.setUsername(user);
    config.setPassword(password);
    config.setPoolName("ledger");
    config.setConnectionTimeout(CONNECTION_WAIT.toMillis());
    config.setValidationTimeout(1_000);
    config.addDataSourceProperty("connectTimeout", "2");
    config.addDataSourceProperty("socketTimeout", "30");
    config.addDataSourceProperty("tcpKeepAlive", "true");
    config.addDataSourceProperty("ApplicationName", "sunchak");
    config.addDataSourceProperty(
        "options", SESSION.stream().map(s -> "-c " + s).collect(Collectors.joining(" ")));
    return config;
  }

  /** A URL's parameters may hold a password. */
  private static String withoutParameters(String jdbcUrl) {
    return jdbcUrl.split("[?]", 2)[0];
  }
}
