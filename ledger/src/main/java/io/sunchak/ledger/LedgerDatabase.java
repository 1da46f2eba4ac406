package io.sunchak.ledger;

import com.zaxxer.hikari.HikariDataSource;
import io.sunchak.core.ledger.LedgerException;
import io.sunchak.core.ledger.LedgerGuard;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The connections to PostgreSQL, every wait bounded, the schema migrated. Thread-safe. When
 * PostgreSQL is away, calls fail within two seconds and work again once it is back.
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
   * @param server who works with the tables
   * @param owner who makes and changes them, and grants the server what it needs; may be the same
   * @throws LedgerException when it cannot be reached or migrated; the message says which
   */
  public static LedgerDatabase open(String jdbcUrl, LedgerLogin server, LedgerLogin owner) {
    return open(jdbcUrl, server, owner, FIRST_WAIT);
  }

  /**
   * A few connections apart, for what people look at: however many do, nothing of the drain's waits
   * for it. Migrates nothing.
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
    DataSource asOwner = LedgerPool.single(address, owner, patience);
    refusePooler(address, asOwner);
    migrate(asOwner);
    if (!owner.user().equals(server.user())) {
      LedgerErrors.run(() -> LedgerRights.grant(asOwner, server.user()));
    }
    return new LedgerDatabase(LedgerPool.open(address, server, patience));
  }

  private static void migrate(DataSource owner) {
    try {
      Flyway.configure()
          .dataSource(owner)
          .locations("classpath:db/migration")
          // Else its lock would sit in an idle transaction, which PostgreSQL ends for us.
          .configuration(Map.of("flyway.postgresql.transactional.lock", "false"))
          .load()
          .migrate();
    } catch (FlywayException e) {
      throw new LedgerException("cannot migrate the ledger: " + e.getMessage(), e);
    }
  }

  /** Without these settings no wait is bounded; and whatever loses them loses a session's locks. */
  private static void refusePooler(LedgerAddress address, DataSource source) {
    String question = "SELECT setting FROM pg_settings WHERE name = 'statement_timeout'";
    String arrived =
        LedgerErrors.call(
            () -> JdbcClient.create(source).sql(question).query(String.class).single());
    if (!address.hasSettings() && !arrived.equals(LedgerPool.STATEMENT_MILLIS)) {
      throw new LedgerException(
          "cannot use PostgreSQL at "
              + address
              + ": its sessions lose their settings; "
              + LedgerPool.DIRECTLY,
          null);
    }
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

  /** What PostgreSQL lets this ledger do. */
  public enum Access {
    WRITABLE,
    /** A standby, or told not to write: new sessions get no further than reading. */
    READ_ONLY,
    AWAY
  }

  /** Asks it, which takes as long as PostgreSQL does, at most half a minute. */
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
   * Reads a page of what stands in an index, in its order. Left alone, PostgreSQL sorts all that is
   * left of a campaign for each page of it: without statistics it takes that for less than a page.
   */
  <T> List<T> inOrder(Supplier<List<T>> page) {
    return Objects.requireNonNull(
        transactions.execute(status -> {
          jdbc.sql("SET LOCAL enable_sort = off").update();
          return page.get();
        }));
  }

  JdbcClient jdbc() {
    return jdbc;
  }

  TransactionTemplate transactions() {
    return transactions;
  }

  DataSource dataSource() {
    return pool;
  }

  @Override
  public void close() {
    pool.close();
  }
}
