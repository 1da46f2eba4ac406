package io.sunchak.lab.ledger;

import static io.r2dbc.spi.ConnectionFactoryOptions.CONNECT_TIMEOUT;
import static io.r2dbc.spi.ConnectionFactoryOptions.PASSWORD;
import static io.r2dbc.spi.ConnectionFactoryOptions.USER;

import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactoryOptions;
import io.sunchak.lab.async.Stages;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** By R2DBC: no caller's thread ever blocks. */
public final class R2dbcDatabase implements Database {
  private static final int CONNECTIONS = 16;
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(2);
  private static final Duration ACQUIRE_LIMIT = Duration.ofSeconds(10);
  private static final Duration STATEMENT_LIMIT = Duration.ofSeconds(20);

  private final ConnectionPool pool;
  private final DatabaseClient database;

  /**
   * Connects when it is first used.
   *
   * @param jdbcUrl the address as JDBC writes it, so that a node is told one
   */
  public R2dbcDatabase(String jdbcUrl, String user, String password) {
    ConnectionFactoryOptions options =
        ConnectionFactoryOptions.parse(jdbcUrl.replaceFirst("^jdbc:", "r2dbc:"))
            .mutate()
            .option(USER, user)
            .option(PASSWORD, password)
            .option(CONNECT_TIMEOUT, CONNECT_LIMIT)
            .build();
    // initialSize = maxSize would put every connection on one event loop (r2dbc-pool#190).
    this.pool =
        new ConnectionPool(
            ConnectionPoolConfiguration.builder(ConnectionFactories.get(options))
                .initialSize(0)
                .minIdle(0)
                .maxSize(CONNECTIONS)
                .maxAcquireTime(ACQUIRE_LIMIT)
                .build());
    this.database = DatabaseClient.create(pool);
  }

  @Override
  public CompletionStage<Long> update(String sql, Map<String, ?> parameters) {
    return stage(database.sql(sql).bindValues(parameters).fetch().rowsUpdated());
  }

  @Override
  public <T> CompletionStage<List<T>> query(
      String sql, Map<String, ?> parameters, Function<Row, T> reader) {
    return stage(
        database
            .sql(sql)
            .bindValues(parameters)
            .map(row -> reader.apply(row::get))
            .all()
            .collectList());
  }

  private static <T> CompletionStage<T> stage(Mono<T> work) {
    return Stages.of(work.timeout(STATEMENT_LIMIT).onErrorMap(LedgerErrors::of));
  }

  @Override
  public void close() {
    pool.dispose();
  }
}
