package io.sunchak.ledger.connection;

import com.zaxxer.hikari.HikariDataSource;
import io.sunchak.core.ledger.LedgerException;
import io.sunchak.core.ledger.LedgerGuard;
import io.sunchak.ledger.schema.LedgerRights;
import io.sunchak.ledger.schema.Migrations;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The connections to PostgreSQL, with bounded waits and a migrated schema. Thread-safe. While
 * PostgreSQL is down, calls fail within two seconds; the first call after it is back succeeds.
 */
public final class LedgerDatabase implements LedgerGuard, AutoCloseable {
  private static final Duration FIRST_WAIT = Duration.ofSeconds(30);
  private static final int LOOKING_CONNECTIONS = 2;

  private final HikariDataSource pool;
  private final JdbcClient jdbc;
  private final TransactionTemplate transactions;

  private LedgerDatabase(HikariDataSource pool) {
    this.pool = pool;
    this.jdbc = JdbcClient.create(pool);
    this.transactions = new TransactionTemplate(new DataSourceTransactionManager(pool));
  }

  /** As {@link #open(String, LedgerLogin, LedgerLogin)}, where one role does both. */
  public static LedgerDatabase open(String jdbcUrl, String user, String password) {
    LedgerLogin login = new LedgerLogin(user, password);
    return open(jdbcUrl, login, login);
  }

  /**
   * Connects, waiting at most 30 s for PostgreSQL, and migrates.
   *
   * @param server the user who works with the tables
   * @param owner the user who creates and changes the tables and grants the server what it needs;
   *     may be the same
   * @throws LedgerException if it cannot be reached or migrated; the message says which
   */
  public static LedgerDatabase open(String jdbcUrl, LedgerLogin server, LedgerLogin owner) {
    return open(jdbcUrl, server, jdbcUrl, owner);
  }

  /**
   * As {@link #open(String, LedgerLogin, LedgerLogin)}, where the owner connects elsewhere, because
   * {@code jdbcUrl} is a pooler's.
   */
  public static LedgerDatabase open(
      String jdbcUrl, LedgerLogin server, String ownerUrl, LedgerLogin owner) {
    return open(new LedgerAddress(jdbcUrl), server, new LedgerAddress(ownerUrl), owner, FIRST_WAIT);
  }

  /**
   * Opens a few separate connections for reads by people, so that these never delay the drain. Does
   * not migrate.
   *
   * @throws LedgerException as {@link #open}
   */
  public static LedgerDatabase toLookAt(String jdbcUrl, LedgerLogin server) {
    LedgerAddress address = new LedgerAddress(jdbcUrl);
    return new LedgerDatabase(LedgerPool.open(address, server, FIRST_WAIT, LOOKING_CONNECTIONS));
  }

  static LedgerDatabase open(
      String jdbcUrl, LedgerLogin server, LedgerLogin owner, Duration patience) {
    LedgerAddress address = new LedgerAddress(jdbcUrl);
    return open(address, server, address, owner, patience);
  }

  private static LedgerDatabase open(
      LedgerAddress address,
      LedgerLogin server,
      LedgerAddress ownerAddress,
      LedgerLogin owner,
      Duration patience) {
    DataSource asOwner = LedgerPool.single(ownerAddress, owner, patience);
    Migrations.run(asOwner);
    if (!owner.user().equals(server.user())) {
      LedgerErrors.run(() -> LedgerRights.grant(asOwner, server.user()));
    }
    return new LedgerDatabase(LedgerPool.open(address, server, patience));
  }

  @Override
  public Optional<String> unsafeSetting() {
    return LedgerErrors.call(() ->
        jdbc.sql(
                """
                SELECT name || ' is ' || setting || ' and must be on' FROM pg_settings
                WHERE name IN ('fsync', 'full_page_writes', 'synchronous_commit')
                  AND setting IN ('off', 'local') ORDER BY name LIMIT 1
                """)
            .query(String.class)
            .optional());
  }

  /** What PostgreSQL allows at the moment. */
  public enum Access {
    WRITABLE,
    /** A standby, or set to read-only: new sessions can only read. */
    READ_ONLY,
    AWAY
  }

  /** Asks PostgreSQL; waits for its answer at most half a minute. */
  public Access access() {
    try {
      String question =
          "SELECT pg_is_in_recovery() OR current_setting('transaction_read_only') = 'on'";
      boolean readOnly = LedgerErrors.call(() -> jdbc.sql(question).query(Boolean.class).single());
      return readOnly ? Access.READ_ONLY : Access.WRITABLE;
    } catch (LedgerException away) {
      return Access.AWAY;
    }
  }

  /**
   * Reads a page in the order of an index. Without the setting, PostgreSQL sorts the rest of the
   * campaign for each page, because without statistics it estimates that to be less than a page.
   */
  public <T> List<T> inOrder(Supplier<List<T>> page) {
    return Objects.requireNonNull(
        transactions.execute(status -> {
          jdbc.sql("SET LOCAL enable_sort = off").update();
          return page.get();
        }));
  }

  /** Work on a session itself. */
  public interface SessionWork {
    void on(Connection session) throws SQLException;
  }

  /** Does {@code work} on the session of the current transaction. */
  public void inSession(SessionWork work) {
    new JdbcTemplate(pool)
        .execute(
            (ConnectionCallback<@Nullable Void>)
                session -> {
                  work.on(session);
                  return null;
                });
  }

  public JdbcClient jdbc() {
    return jdbc;
  }

  public TransactionTemplate transactions() {
    return transactions;
  }

  public DataSource dataSource() {
    return pool;
  }

  @Override
  public void close() {
    pool.close();
  }
}
