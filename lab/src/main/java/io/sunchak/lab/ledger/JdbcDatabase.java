package io.sunchak.lab.ledger;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataRetrievalFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** By JDBC: blocks its caller, so every stage is complete when it is returned. */
public final class JdbcDatabase implements Database {
  private static final int CONNECTIONS = 16;
  private static final int WAIT_MILLIS = 2_000;

  private final HikariDataSource pool;
  private final JdbcClient jdbc;

  private record ResultSetRow(ResultSet row) implements Row {
    @Override
    public <T> @Nullable T get(String column, Class<T> type) {
      try {
        return row.getObject(column, type);
      } catch (SQLException e) {
        throw new DataRetrievalFailureException("column " + column, e);
      }
    }
  }

  public JdbcDatabase(String jdbcUrl, String user, String password) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(jdbcUrl);
    config.setUsername(user);
    config.setPassword(password);
    config.setPoolName("lab-ledger");
    config.setMaximumPoolSize(CONNECTIONS);
    config.setConnectionTimeout(WAIT_MILLIS);
    config.setValidationTimeout(1_000);
    config.addDataSourceProperty("connectTimeout", "2");
    config.addDataSourceProperty("socketTimeout", "30");
    this.pool = new HikariDataSource(config);
    this.jdbc = JdbcClient.create(pool);
  }

  @Override
  public CompletionStage<Long> update(String sql, Map<String, ?> parameters) {
    return stage(() -> (long) jdbc.sql(sql).params(parameters).update());
  }

  @Override
  public <T> CompletionStage<List<T>> query(
      String sql, Map<String, ?> parameters, Function<Row, T> reader) {
    return stage(() ->
        jdbc.sql(sql)
            .params(parameters)
            .query((row, number) -> reader.apply(new ResultSetRow(row)))
            .list());
  }

  private static <T> CompletionStage<T> stage(Supplier<T> work) {
    try {
      return CompletableFuture.completedFuture(work.get());
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(LedgerErrors.of(e));
    }
  }

  @Override
  public void close() {
    pool.close();
  }
}
