package io.sunchak.ledger.connection;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import com.zaxxer.hikari.util.DriverDataSource;
import io.sunchak.core.ledger.LedgerException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Connects to PostgreSQL, with every wait bounded on both sides. */
final class LedgerPool {
  private static final int CONNECTIONS = 16;
  private static final Duration CONNECTION_WAIT = Duration.ofSeconds(2);
  private static final Duration RETRY = Duration.ofMillis(200);

  private static final String PROTOCOL_VIOLATION = "08P01";

  /** By the driver, which has found no common way to log in. */
  private static final String REJECTED = "08004";

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
    Sessions sessions = await(address, login, patience);
    if (sessions == Sessions.POOLED) {
      refuseUnset(address, login);
    }
    try {
      StaleSessions stale = new StaleSessions();
      ReconnectingSource source = new ReconnectingSource(driver(address, login, sessions));
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

  /**
   * Single connections without a pool, for work that is done once and holds a lock of its session.
   *
   * @throws LedgerException as {@link #open}, and if a pooler is in between
   */
  static DataSource single(LedgerAddress address, LedgerLogin login, Duration patience) {
    Sessions sessions = await(address, login, patience);
    if (sessions == Sessions.POOLED) {
      throw new LedgerException(
          "cannot migrate PostgreSQL at "
              + address
              + " through a pooler such as PgBouncer, which loses the migration's lock: give PostgreSQL's own address in sunchak.postgres.owner.url",
          null);
    }
    return new DriverManagerDataSource(address.url(), sessions.properties(login));
  }

  /** Returns when it answers, and says whose the sessions there are. */
  private static Sessions await(LedgerAddress address, LedgerLogin login, Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    Sessions sessions = Sessions.OWN;
    while (true) {
      try (Connection session =
          DriverManager.getConnection(address.url(), sessions.properties(login))) {
        if (address.hasSettings()) {
          return sessions;
        }
        if (sessions == Sessions.OWN && !Sessions.haveLostTheirSettings(session)) {
          return sessions;
        }
        return Sessions.POOLED;
      } catch (SQLException e) {
        if (sessions == Sessions.OWN && Sessions.areRefused(e)) {
          sessions = Sessions.POOLED;
          continue;
        }
        if (!mayPass(e) || System.nanoTime() - deadline > 0) {
          throw refused(address, e);
        }
        LockSupport.parkNanos(RETRY.toNanos());
      }
    }
  }

  /** No wait would be bounded in a session without them. */
  private static void refuseUnset(LedgerAddress address, LedgerLogin login) {
    String missing;
    try (Connection session =
        DriverManager.getConnection(address.url(), Sessions.POOLED.properties(login))) {
      missing = Sessions.missing(session, login.user());
    } catch (SQLException e) {
      throw refused(address, e);
    }
    if (!missing.isEmpty()) {
      throw new LedgerException(
          "cannot use PostgreSQL at "
              + address
              + ": a pooler such as PgBouncer is in between, and its sessions lack settings; run "
              + missing
              + " and let the pooler connect anew",
          null);
    }
  }

  /**
   * A protocol violation is not a broken connection, but a server that is no PostgreSQL, or a
   * pooler that cannot reach its own one now.
   */
  static boolean mayPass(SQLException e) {
    if (TlsTrouble.sentence(e).isPresent()) {
      return false;
    }
    String state = e.getSQLState();
    if (PROTOCOL_VIOLATION.equals(state)) {
      return Sessions.isPoolersError(e) && !Sessions.areRefused(e);
    }
    return state == null || (LedgerErrors.isPassing(state) && !state.equals(REJECTED));
  }

  private static LedgerException refused(LedgerAddress address, Exception e) {
    String state = e instanceof SQLException sql ? String.valueOf(sql.getSQLState()) : "";
    String why = TlsTrouble.sentence(e).orElseGet(() -> e.getMessage() + next(state));
    return new LedgerException("cannot use PostgreSQL at " + address + ": " + why, e);
  }

  private static String next(String state) {
    return switch (state) {
      case "28P01", "28000" ->
          "; set SUNCHAK_POSTGRES_USER and SUNCHAK_POSTGRES_PASSWORD to a user that it knows";
      case "3D000" -> "; create it, or name another one in the URL";
      case PROTOCOL_VIOLATION ->
          "; for a pooler such as PgBouncer, put what it does not know into its ignore_startup_parameters; docs/operations.md says how";
      default -> "";
    };
  }

  private static DataSource driver(LedgerAddress address, LedgerLogin login, Sessions sessions) {
    return new DriverDataSource(
        address.url(), null, sessions.properties(login), login.user(), login.password());
  }

  private static HikariConfig config() {
    HikariConfig config = new HikariConfig();
    config.setPoolName("ledger");
    config.setConnectionTimeout(CONNECTION_WAIT.toMillis());
    config.setValidationTimeout(1_000);
    return config;
  }
}
