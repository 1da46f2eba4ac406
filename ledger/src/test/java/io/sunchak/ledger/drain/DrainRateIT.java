package io.sunchak.ledger.drain;

import static org.assertj.core.api.Assertions.assertThat;

import io.sunchak.core.CampaignId;
import io.sunchak.core.Reservation;
import io.sunchak.core.Stock;
import io.sunchak.core.testing.LedgerContract;
import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.ledger.testing.JdbcLedger;
import io.sunchak.ledger.testing.LedgerExtension;
import io.sunchak.ledger.testing.Operator;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * How fast rows become durable, beside the fastest way there is: the same {@code unnest} into the
 * same columns and indexes, without cursor and max_seq. Prints, and judges no speed.
 */
@ExtendWith(LedgerExtension.class)
final class DrainRateIT {
  private static final int ROWS = 30_000;
  private static final String PLAIN =
      """
      INSERT INTO plain (campaign_id, seq, user_id, accepted_at)
      SELECT 'plain', s, u, now() FROM unnest(?, ?) t(s, u)
      """;

  private final JdbcLedger ledger;
  private final Operator operator;

  DrainRateIT(JdbcLedger ledger, EmbeddedEngines engines) {
    this.ledger = ledger;
    this.operator = Operator.of(engines);
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 1_000})
  void every_row_of_a_long_log_is_written(int batch) throws SQLException {
    CampaignId warm = ledger.created(Stock.of(ROWS));
    CampaignId campaign = ledger.created(Stock.of(ROWS));
    drain(warm, batch);

    long drained = rowsPerSecond(() -> drain(campaign, batch));
    long plain = plainRowsPerSecond(batch);

    System.out.printf(
        Locale.ROOT,
        "drain: batches of %,d, fsync on: %,d rows/s; plain INSERT: %,d rows/s; ratio %.2f%n",
        batch,
        drained,
        plain,
        (double) drained / plain);
    assertThat(ledger.coupons().counts(campaign).rows()).isEqualTo(ROWS);
    assertThat(ledger.head(campaign).cursor()).isEqualTo(ROWS);
  }

  private void drain(CampaignId campaign, int batch) {
    for (long cursor = 0; cursor < ROWS; cursor += batch) {
      List<Reservation> rows =
          LongStream.rangeClosed(cursor + 1, cursor + batch)
              .mapToObj(n -> LedgerContract.one(0, n, "user-" + n))
              .toList();
      assertThat(ledger.drain().append(campaign, 0, cursor, rows)).isTrue();
    }
  }

  private long plainRowsPerSecond(int batch) throws SQLException {
    try (Connection session = operator.connect()) {
      // Unlike a temporary one, this table is written to the disk like any other.
      Operator.run(session, "CREATE TABLE plain (LIKE coupon INCLUDING ALL)");
      try (PreparedStatement insert = session.prepareStatement(PLAIN)) {
        return rowsPerSecond(() -> {
          for (long cursor = 0; cursor < ROWS; cursor += batch) {
            insertPlain(session, insert, cursor, batch);
          }
        });
      } finally {
        Operator.run(session, "DROP TABLE plain");
      }
    }
  }

  private static void insertPlain(
      Connection session, PreparedStatement insert, long cursor, int batch) throws SQLException {
    Long[] sequences =
        LongStream.rangeClosed(cursor + 1, cursor + batch).boxed().toArray(Long[]::new);
    Object[] users =
        LongStream.rangeClosed(cursor + 1, cursor + batch).mapToObj(n -> "user-" + n).toArray();
    Array seqs = session.createArrayOf("bigint", sequences);
    insert.setArray(1, seqs);
    insert.setArray(2, session.createArrayOf("text", users));
    assertThat(insert.executeUpdate()).isEqualTo(batch);
  }

  private interface Work {
    void run() throws SQLException;
  }

  private static long rowsPerSecond(Work work) throws SQLException {
    long started = System.nanoTime();
    work.run();
    return Math.round(ROWS / ((System.nanoTime() - started) / 1e9));
  }
}
