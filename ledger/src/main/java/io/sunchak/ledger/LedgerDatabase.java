package io.sunchak.ledger;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import io.sunchak.core.ledger.LedgerException;
import io.sunchak.core.ledger.LedgerGuard;
import java.time.Duration;
import java.util.Optional;
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
  private static final int CONNECTIONS = 16;
  private static final Duration CONNECTION_WAIT = Duration.ofSeconds(2);
  private static final Duration FIRST_WAIT = Duration.ofSeconds(30);
  private static final Duration STATEMENT_LIMIT = Duration.ofSeconds(20);

  private final HikariDataSource pool;
  private final JdbcClient jdbc;
  private final TransactionTemplate transactions;

  private LedgerDatabase(HikariDataSource pool) {
    this.pool = pool;
    this.jdbc = JdbcClient.create(pool);
    this.transactions = new TransactionTemplate(new DataSourceTransactionManager(pool));
  }

  /**
   * Connects, waiting at most 30 s for PostgreSQL, and migrates.
   *
   * @throws LedgerException when it cannot be reached or migrated; the message says which
   */
  public static LedgerDatabase open(String jdbcUrl, String user, String password) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(jdbcUrl);
    config.setUsername(user);
    config.setPassword(password);
    config.setPoolName("ledger");
    config.setMaximumPoolSize(CONNECTIONS);
    config.setConnectionTimeout(CONNECTION_WAIT.toMillis());
    config.setValidationTimeout(1_000);
    config.setInitializationFailTimeout(FIRST_WAIT.toMillis());
    config.addDataSourceProperty("connectTimeout", "2");
    config.addDataSourceProperty("socketTimeout", "30");
    config.addDataSourceProperty("tcpKeepAlive", "true");
    config.addDataSourceProperty("ApplicationName", "sunchak");
    config.addDataSourceProperty(
        "options", "-c statement_timeout=" + STATEMENT_LIMIT.toMillis() + " -c lock_timeout=10000");
    try {
      HikariDataSource pool = new HikariDataSource(config);
      try {
        Flyway.configure().dataSource(pool).locations("classpath:db/migration").load().migrate();
        return new LedgerDatabase(pool);
      } catch (FlywayException e) {
        pool.close();
        throw new LedgerException("cannot migrate the ledger: " + e.getMessage(), e);
      }
    } catch (HikariPool.PoolInitializationException e) {
      throw new LedgerException("cannot reach PostgreSQL at " + jdbcUrl + ": " + e.getMessage(), e);
    }
  }

  @Override
  public Optional<String> unsafeSetting() {
    return LedgerErrors.call(() ->
        jdbc.sql(
                """
                SELECT name || ' is ' || setting || ' and must be on' FROM pg_settings
                WHERE name IN ('fsync', 'full_page_writes', 'synchronous_commit')
                  AND setting IN ('off', 'local') LIMIT 1
                """)
            .query(String.class)
            .optional());
  }

  /** Whether PostgreSQL answers. */
  public boolean isReachable() {
    try {
      return LedgerErrors.call(() -> jdbc.sql("SELECT true").query(Boolean.class).single());
    } catch (LedgerException away) {
      return false;
    }
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
