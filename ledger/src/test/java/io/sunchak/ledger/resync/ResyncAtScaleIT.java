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
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A resync of a big campaign, step by step, each with its time. The bound of a step is generous: it
 * is there to tell a plan that reads the whole table for each chunk from one that does not.
 */
@ExtendWith(LedgerExtension.class)
final class ResyncAtScaleIT {
  private static final int ROWS = 300_000;
  private static final int CHUNK = 1_000;
  private static final Duration BOUND = Duration.ofSeconds(15);

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

    List<Long> missing = timed("missing, in chunks of 1,000", () -> missing(campaign));
    long committed = timed("committed, in chunks of 1,000", () -> committed(campaign));
    List<Long> holes =
        timed(
            "holes",
            () ->
                ledger
                    .resync()
                    .inAttempt(campaign, epoch, ResyncLedger.Attempt::holes)
                    .orElseThrow());
    long found = timed("holders and numbers, in chunks of 1,000", () -> known(campaign, epoch));
    List<Long> held = timed("held, in pages of 1,000", () -> heldByPages(campaign));

    assertThat(missing).isEqualTo(lacking);
    assertThat(committed).isEqualTo((long) ROWS - lacking.size());
    assertThat(holes).isEqualTo(lacking);
    assertThat(found).isEqualTo(2L * (ROWS - lacking.size()));
    assertThat(held).hasSize(ROWS - lacking.size()).isSorted();
  }

  /** As PostgreSQL plans before its first ANALYZE of the table. */
  @Test
  void a_page_reads_itself_and_not_all_that_is_left() throws SQLException {
    CampaignId campaign = ledger.created(Stock.unlimited());
    fill(campaign, ROWS);
    operator.ask("SELECT pg_clear_attribute_stats('public', 'coupon', 'seq', false)");
    long before = fetched();

    List<Long> held = heldByPages(campaign);
    long issued = 0;
    List<Coupon> page = ledger.coupons().page(campaign, 0, CHUNK);
    while (!page.isEmpty()) {
      issued += page.size();
      page = ledger.coupons().page(campaign, page.getLast().sequence(), CHUNK);
    }

    assertThat(issued).isEqualTo(held.size());
    long twice = 2 * issued;
    // A session tells what it read once a second at most.
    await().atMost(BOUND).until(() -> fetched() - before >= twice);
    assertThat(fetched() - before).isLessThan(2 * twice);
  }

  private long fetched() throws SQLException {
    return Long.parseLong(
        operator.ask("SELECT idx_tup_fetch FROM pg_stat_user_tables WHERE relname = 'coupon'"));
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

  private static <T> T timed(String what, Supplier<T> step) {
    long started = System.nanoTime();
    T result = step.get();
    Duration took = Duration.ofNanos(System.nanoTime() - started);
    System.out.printf(Locale.ROOT, "resync: %,d rows, %s: %,d ms%n", ROWS, what, took.toMillis());
    assertThat(took).as(what).isLessThan(BOUND);
    return result;
  }
}
