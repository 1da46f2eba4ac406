package io.sunchak.ledger.resync;

import static io.sunchak.core.testing.LedgerContract.arrived;
import static io.sunchak.core.testing.LedgerContract.holds;
import static io.sunchak.core.testing.LedgerContract.one;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sunchak.core.CampaignId;
import io.sunchak.core.Holding;
import io.sunchak.core.Stock;
import io.sunchak.core.ledger.Drift;
import io.sunchak.core.ledger.LedgerException;
import io.sunchak.core.ledger.ResyncLedger;
import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.ledger.testing.JdbcLedger;
import io.sunchak.ledger.testing.LedgerExtension;
import io.sunchak.ledger.testing.Operator;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What only the real ledger has of a resync: sessions that die, and what is kept for people. */
@ExtendWith(LedgerExtension.class)
final class ResyncLedgerIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final JdbcLedger ledger;
  private final Operator operator;

  ResyncLedgerIT(JdbcLedger ledger, EmbeddedEngines engines) {
    this.ledger = ledger;
    this.operator = Operator.of(engines);
  }

  @Test
  void the_lock_is_free_again_when_its_session_is_killed() throws SQLException {
    CampaignId campaign = ledger.created(Stock.of(10));
    ResyncLedger.Lock killed = ledger.resync().tryLock(campaign).orElseThrow();

    operator.run("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'");

    ResyncLedger.Lock successor =
        await()
            .atMost(PATIENCE)
            .ignoreExceptions()
            .until(() -> ledger.resync().tryLock(campaign).orElseThrow(), lock -> true);
    killed.close();
    assertThat(ledger.resync().tryLock(campaign)).as("the late holder frees nothing").isEmpty();
    successor.close();
    ledger.resync().tryLock(campaign).orElseThrow().close();
  }

  /**
   * A session may take its own lock again, so that asking for it would not show a lock that stayed.
   */
  @Test
  void a_closed_lock_stays_with_no_session_of_the_pool() throws SQLException {
    ResyncLedger.Lock lock = ledger.resync().tryLock(ledger.created(Stock.of(10))).orElseThrow();
    String held =
        """
        SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
        """;
    assertThat(operator.ask(held)).isEqualTo("1");

    lock.close();

    assertThat(operator.ask(held)).isEqualTo("0");
  }

  @Test
  void a_node_that_stands_still_within_an_attempt_loses_it() throws SQLException {
    CampaignId campaign = ledger.created(Stock.of(10));
    long epoch = ledger.resync().begin(campaign, 0);

    assertThatThrownBy(() ->
            ledger
                .resync()
                .inAttempt(
                    campaign,
                    epoch,
                    attempt -> {
                      attempt.insert(List.of(one(epoch, 1, "ann")));
                      standStill(campaign);
                      attempt.moveCursor(1);
                      return true;
                    }))
        .isExactlyInstanceOf(LedgerException.class);

    ledger.assertEmpty(campaign);
  }

  /** Longer than the session's limit, made short for the test; another node then gets the row. */
  private void standStill(CampaignId campaign) {
    ledger.database().jdbc().sql("SET LOCAL idle_in_transaction_session_timeout = 200").update();
    CompletableFuture<Long> successor =
        CompletableFuture.supplyAsync(() -> ledger.resync().begin(campaign, 0));
    assertThat(successor).succeedsWithin(PATIENCE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "statement_timeout",
        "lock_timeout",
        "idle_in_transaction_session_timeout",
        "tcp_keepalives_idle",
        "tcp_keepalives_interval"
      })
  void no_session_keeps_its_locks_for_longer_than_half_a_minute(String limit) {
    assertThat(
            ledger
                .database()
                .jdbc()
                .sql("SELECT CAST(current_setting(:limit) AS interval) BETWEEN '1s' AND '30s'")
                .param("limit", limit)
                .query(Boolean.class)
                .single())
        .isTrue();
  }

  @Test
  void drift_is_kept_for_the_operator() throws SQLException {
    CampaignId campaign = ledger.created(Stock.of(10));
    long epoch = ledger.resync().begin(campaign, 0);

    ledger
        .resync()
        .inAttempt(
            campaign,
            epoch,
            attempt -> {
              attempt.report(
                  List.of(
                      new Drift("auth0|ann", 7, 3, Drift.Kind.MOVED),
                      new Drift("void 4", 0, 4, Drift.Kind.VOIDED)));
              return true;
            });

    assertThat(
            operator.ask(
                """
                SELECT string_agg(concat_ws(' ', epoch, user_id, claimed, settled, kind), '; ' ORDER BY settled)
                FROM drift WHERE campaign_id = ?
                """,
                campaign.value()))
        .isEqualTo("1 auth0|ann 7 3 MOVED; 1 void 4 0 4 VOIDED");
  }

  @Test
  void a_void_failure_says_why_it_is_there() throws SQLException {
    CampaignId campaign = ledger.created(Stock.of(10));
    long epoch = ledger.resync().begin(campaign, 0);
    ledger
        .resync()
        .inAttempt(
            campaign,
            epoch,
            attempt -> {
              attempt.insertVoid(List.of(1L));
              return true;
            });

    assertThat(
            operator.ask(
                "SELECT state || ': ' || reason FROM failure WHERE campaign_id = ?",
                campaign.value()))
        .isEqualTo("VOID: no holder of this number is known");
  }

  @Test
  void a_nul_that_got_past_the_checks_does_not_stop_resync() {
    CampaignId campaign = ledger.created(Stock.of(10));
    long epoch = ledger.resync().begin(campaign, 0);
    Holding claimed = holds("a\0b", 1);
    assertThat(ledger.resync().missing(campaign, List.of(claimed))).containsExactly(claimed);

    ledger
        .resync()
        .inAttempt(
            campaign,
            epoch,
            attempt -> {
              attempt.insertFailures(List.of(one(epoch, 1, "a\0b")), "not storable");
              assertThat(attempt.numbers(List.of("a\0b"))).isEqualTo(Map.of("a\0b", 1L));
              attempt.report(List.of(new Drift("a\0b", 1, 1, Drift.Kind.RENUMBERED)));
              return true;
            });

    assertThat(ledger.resync().missing(campaign, List.of(claimed))).isEmpty();
    assertThat(ledger.held(campaign)).containsExactly(holds("a\u2400b", 1));
  }

  @Test
  void a_drain_in_flight_ends_before_an_attempt_begins_or_not_at_all() {
    CampaignId campaign = ledger.created(Stock.of(1_000));
    CompletableFuture<Long> drained =
        CompletableFuture.supplyAsync(() -> {
          long cursor = 0;
          while (ledger.drain().append(campaign, 0, cursor, arrived(0, cursor + 1, "u" + cursor))) {
            cursor++;
          }
          return cursor;
        });
    await().atMost(PATIENCE).until(() -> ledger.head(campaign).cursor() > 5);

    long epoch = ledger.resync().begin(campaign, 0);
    long last =
        ledger.resync().inAttempt(campaign, epoch, ResyncLedger.Attempt::highest).orElseThrow();

    assertThat(drained).succeedsWithin(PATIENCE).isEqualTo(last);
    assertThat(ledger.head(campaign).cursor()).isEqualTo(last);
    assertThat(ledger.held(campaign)).hasSize((int) last);
  }
}
