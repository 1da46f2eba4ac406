package io.sunchak.ledger.connection;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import com.zaxxer.hikari.util.DriverDataSource;
import io.sunchak.core.ledger.LedgerException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Connects to PostgreSQL, with every wait bounded on both sides. */
final class LedgerPool {
  private static final int CONNECTIONS = 16;
  private static final Duration CONNECTION_WAIT = Duration.ofSeconds(2);
  private static final Duration RETRY = Duration.ofMillis(200);

  static final String STATEMENT_MILLIS = "20000";

  /**
   * Set by the session itself, so that no {@code ALTER ROLE} or {@code ALTER DATABASE} can undo
   * them. Plans are not cached, because a plan from when the ledger was small reads a whole
   * campaign for each row. A node that hangs within a transaction, or whose machine is gone, must
   * not keep its locks, because the other nodes need the cursor and the resync's lock.
   */
  private static final List<String> SESSION =
      List.of(
          "synchronous_commit=on",
          "plan_cache_mode=force_custom_plan",
          "statement_timeout=" + STATEMENT_MILLIS,
          "lock_timeout=10000",
          "idle_in_transaction_session_timeout=20000",
          "tcp_keepalives_idle=10",
          "tcp_keepalives_interval=5",
          "tcp_keepalives_count=3");

  /**
   * The advice about a pooler such as PgBouncer, which may run each statement in another session.
   */
  static final String DIRECTLY =
      "a pooler such as PgBouncer seems to be in between: connect to PostgreSQL itself";

  private static final String PROTOCOL_VIOLATION = "08P01";

  private LedgerPool() {}

  /**
   * Connects, and waits at most {@code patience} for PostgreSQL.
   *
   * @throws LedgerException at once if waiting cannot help (password, database, a pooler), else
   *     after {@code patience}
   */
  static HikariDataSource open(LedgerAddress address, LedgerLogin login, Duration patience) {
    return open(address, login, patience, CONNECTIONS);
  }

  static HikariDataSource open(
      LedgerAddress address, LedgerLogin login, Duration patience, int connections) {
    await(address, login, patience);
    try {
      StaleSessions stale = new StaleSessions();
      ReconnectingSource source = new ReconnectingSource(driver(address, login));
      HikariConfig config = config();
      config.setDataSource(source);
      config.setMaximumPoolSize(connections);
      config.setExceptionOverride(stale);
      HikariDataSource pool = new HikariDataSource(config);
      stale.of(pool);
      source.of(pool);
      return pool;
    } catch (HikariPool.PoolInitializationException e) {
      throw refused(address, e);
    }
  }

  /** Single connections without a pool, for work that is done once. */
  static DataSource single(LedgerAddress address, LedgerLogin login, Duration patience) {
    await(address, login, patience);
    return new DriverManagerDataSource(address.url(), properties(login));
  }

  private static void await(LedgerAddress address, LedgerLogin login, Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      try {
        DriverManager.getConnection(address.url(), properties(login)).close();
        return;
      } catch (SQLException e) {
        if (!mayPass(e) || System.nanoTime() - deadline > 0) {
          throw refused(address, e);
        }
        LockSupport.parkNanos(RETRY.toNanos());
      }
    }
  }

  /** A protocol violation is not a broken connection: the server there is no PostgreSQL. */
  static boolean mayPass(SQLException e) {
    String state = e.getSQLState();
    return state == null || (LedgerErrors.isPassing(state) && !state.equals(PROTOCOL_VIOLATION));
  }

  private static LedgerException refused(LedgerAddress address, Exception e) {
    String next = e instanceof SQLException sql ? next(String.valueOf(sql.getSQLState())) : "";
    return new LedgerException(
        "cannot use PostgreSQL at " + address + ": " + e.getMessage() + next, e);
  }

  private static String next(String state) {
    return switch (state) {
      case "28P01", "28000" ->
          "; set SUNCHAK_POSTGRES_USER and SUNCHAK_POSTGRES_PASSWORD to a user that it knows";
      case "3D000" -> "; create it, or name another one in the URL";
      case PROTOCOL_VIOLATION -> "; " + DIRECTLY;
      default -> "";
    };
  }

  private static Properties properties(LedgerLogin login) {
    Properties properties = new Properties();
    properties.setProperty("user", login.user());
    properties.setProperty("password", login.password());
    properties.setProperty("connectTimeout", "2");
    properties.setProperty("socketTimeout", "30");
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("ApplicationName", "sunchak");
    properties.setProperty(
        "options", SESSION.stream().map(s -> "-c " + s).collect(Collectors.joining(" ")));
    return properties;
  }

  private static DataSource driver(LedgerAddress address, LedgerLogin login) {
    return new DriverDataSource(
        address.url(), null, properties(login), login.user(), login.password());
  }

  private static HikariConfig config() {
    HikariConfig config = new HikariConfig();
    config.setPoolName("ledger");
    config.setConnectionTimeout(CONNECTION_WAIT.toMillis());
    config.setValidationTimeout(1_000);
    return config;
  }
}
