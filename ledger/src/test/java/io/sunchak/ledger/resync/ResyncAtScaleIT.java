package io.sunchak.ledger.resync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sunchak.core.CampaignId;
import io.sunchak.core.Coupon;
import io.sunchak.core.Holding;
import io.sunchak.core.Stock;
import io.sunchak.core.ledger.ResyncLedger;
import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.ledger.testing.JdbcLedger;
import io.sunchak.ledger.testing.LedgerExtension;
import io.sunchak.ledger.testing.Operator;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A resync of a big campaign, step by step. What a step reads is counted by PostgreSQL, because a
 * plan that reads the whole table for each chunk reads hundreds of times as much as it should, on a
 * fast machine and on a busy one.
 */
@ExtendWith(LedgerExtension.class)
final class ResyncAtScaleIT {
  private static final int ROWS = 300_000;
  private static final int CHUNK = 1_000;
  private static final int KNOWN = ROWS - ROWS / 1000;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final JdbcLedger ledger;
  private final Operator operator;

  ResyncAtScaleIT(JdbcLedger ledger, EmbeddedEngines engines) {
    this.ledger = ledger;
    this.operator = Operator.of(engines);
  }

  @Test
  void three_hundred_thousand_rows_are_compared_searched_and_read() throws SQLException {
    // What is known of the ledger's rows is older than the campaign, as on the day of a drop.
    fill(ledger.created(Stock.unlimited()), ROWS / 10);
    operator.run("ANALYZE coupon");
    CampaignId campaign = ledger.created(Stock.unlimited());
    long epoch = ledger.resync().begin(campaign, 0);
    fill(campaign, ROWS);
    List<Long> lacking = LongStream.range(0, ROWS / 1000).mapToObj(k -> k * 1000 + 500).toList();

    List<Long> missing = reading(KNOWN, "missing", () -> missing(campaign));
    long committed = reading(KNOWN, "committed", () -> committed(campaign));
    List<Long> holes =
        reading(
            KNOWN,
            "holes",
            () ->
                ledger
                    .resync()
                    .inAttempt(campaign, epoch, ResyncLedger.Attempt::holes)
                    .orElseThrow());
    // Each is looked up for the answer and for the answer's filter.
    long found = reading(4L * KNOWN, "holders and numbers", () -> known(campaign, epoch));
    List<Long> held = reading(KNOWN, "held", () -> heldByPages(campaign));

    assertThat(missing).isEqualTo(lacking);
    assertThat(committed).isEqualTo(KNOWN);
    assertThat(holes).isEqualTo(lacking);
    assertThat(found).isEqualTo(2L * KNOWN);
    assertThat(held).hasSize(KNOWN).isSorted();
  }

  /** As PostgreSQL plans before its first ANALYZE of the table. */
  @Test
  void a_page_reads_itself_and_not_all_that_is_left() throws SQLException {
    CampaignId campaign = ledger.created(Stock.unlimited());
    fill(campaign, ROWS);
    operator.ask("SELECT pg_clear_attribute_stats('public', 'coupon', 'seq', false)");

    List<Long> held = reading(KNOWN, "held", () -> heldByPages(campaign));
    long issued = reading(KNOWN, "coupons", () -> couponsByPages(campaign));

    assertThat(issued).isEqualTo(held.size());
  }

  private long couponsByPages(CampaignId campaign) {
    long issued = 0;
    List<Coupon> page = ledger.coupons().page(campaign, 0, CHUNK);
    while (!page.isEmpty()) {
      issued += page.size();
      page = ledger.coupons().page(campaign, page.getLast().sequence(), CHUNK);
    }
    return issued;
  }

  /** Every thousandth number is nobody's. */
  private void fill(CampaignId campaign, int rows) throws SQLException {
    operator.run(
        """
        INSERT INTO coupon (campaign_id, seq, user_id, accepted_at)
        SELECT ?, n, 'user-' || n, now() FROM generate_series(1, ?) n WHERE n % 1000 <> 500
        """,
        campaign.value(), rows);
  }

  private List<Long> missing(CampaignId campaign) {
    List<Long> missing = new ArrayList<>();
    for (long from = 1; from <= ROWS; from += CHUNK) {
      ledger.resync().missing(campaign, chunk(from)).forEach(w -> missing.add(w.sequence()));
    }
    return missing;
  }

  private long committed(CampaignId campaign) {
    long committed = 0;
    for (long from = 1; from <= ROWS; from += CHUNK) {
      committed += ledger.coupons().committed(campaign, chunk(from)).size();
    }
    return committed;
  }

  private long known(CampaignId campaign, long epoch) {
    return ledger.resync().inAttempt(campaign, epoch, ResyncAtScaleIT::known).orElseThrow();
  }

  private static long known(ResyncLedger.Attempt attempt) {
    long found = 0;
    for (long from = 1; from <= ROWS; from += CHUNK) {
      found += attempt.holders(chunk(from).stream().map(Holding::sequence).toList()).size();
      found += attempt.numbers(chunk(from).stream().map(Holding::user).toList()).size();
    }
    return found;
  }

  private static List<Holding> chunk(long from) {
    return LongStream.range(from, from + CHUNK).mapToObj(n -> new Holding("user-" + n, n)).toList();
  }

  private List<Long> heldByPages(CampaignId campaign) {
    List<Long> held = new ArrayList<>();
    List<Holding> page = ledger.resync().held(campaign, 0, CHUNK);
    while (!page.isEmpty()) {
      page.forEach(w -> held.add(w.sequence()));
      page = ledger.resync().held(campaign, page.getLast().sequence(), CHUNK);
    }
    return held;
  }

  /** Does {@code step}, which must read so many {@code rows} and not many times as many. */
  private <T> T reading(long rows, String what, Supplier<T> step) throws SQLException {
    long before = read();
    T result = step.get();
    // A session tells what it read once a second at most.
    await().atMost(PATIENCE).until(() -> read() - before >= rows);
    assertThat(read() - before).as("rows read for %s", what).isLessThan(4 * rows);
    return result;
  }

  private long read() throws SQLException {
    return Long.parseLong(
        operator.ask(
            """
            SELECT seq_tup_read + (SELECT sum(idx_tup_read) FROM pg_stat_user_indexes WHERE relid = t.relid)
            FROM pg_stat_user_tables t WHERE relname = 'coupon'
            """));
  }
}
