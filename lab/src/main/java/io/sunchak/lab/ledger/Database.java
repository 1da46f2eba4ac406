package io.sunchak.lab.ledger;

import io.sunchak.core.ledger.LedgerException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One driver's way to run a statement with named parameters. Thread-safe. Stages fail with {@link
 * LedgerException} when the database cannot be reached or refuses for now, and with {@link
 * LedgerException.Rejected} when it will never take the row.
 */
public interface Database extends AutoCloseable {
  /** Values of one row. */
  @FunctionalInterface
  interface Row {
    /** Null where the column is. */
    <T> @Nullable T get(String column, Class<T> type);
  }

  /** Gives the number of rows written. */
  CompletionStage<Long> update(String sql, Map<String, ?> parameters);

  /** Gives the rows found. */
  <T> CompletionStage<List<T>> query(
      String sql, Map<String, ?> parameters, Function<Row, T> reader);

  @Override
  void close();
}
