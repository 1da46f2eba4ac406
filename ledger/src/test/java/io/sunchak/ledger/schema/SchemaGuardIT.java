package io.sunchak.ledger.schema;

import static io.sunchak.core.testing.LedgerContract.arrived;
import static io.sunchak.core.testing.LedgerContract.holds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sunchak.core.CampaignId;
import io.sunchak.core.Stock;
import io.sunchak.core.ledger.AuditLedger;
import io.sunchak.core.ledger.AuditLedger.Act;
import io.sunchak.core.ledger.AuditLedger.Action;
import io.sunchak.core.testing.Campaigns;
import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.ledger.audit.JdbcAuditLedger;
import io.sunchak.ledger.testing.JdbcLedger;
import io.sunchak.ledger.testing.LedgerExtension;
import io.sunchak.ledger.testing.Operator;
import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.SQLException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;

/** What PostgreSQL refuses by itself, whoever asks: here a superuser with plain SQL. */
@ExtendWith(LedgerExtension.class)
final class SchemaGuardIT {
  private static final String INSERT =
      "INSERT INTO coupon (campaign_id, seq, user_id, accepted_at) ";
  private static final String ROW = INSERT + "VALUES (?, ?, ?, now())";
  private static final String ROWS = INSERT + "SELECT ?, n, 'm' || n, now() FROM generate_series";

  private final JdbcLedger ledger;
  private final Operator operator;

  SchemaGuardIT(JdbcLedger ledger, EmbeddedEngines engines) {
    this.ledger = ledger;
    this.operator = Operator.of(engines);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, 601, Long.MAX_VALUE})
  void one_row_outside_the_guard_is_refused(long sequence) {
    CampaignId campaign = ledger.created(Stock.of(600));

    assertRefused("SU001", () -> operator.run(ROW, campaign.value(), sequence, "ann"));

    ledger.assertEmpty(campaign);
  }

  @ParameterizedTest
  @CsvSource({"0, 2", "599, 601", "1, 5000"})
  void of_many_rows_one_outside_the_guard_refuses_all(int from, int to) {
    CampaignId campaign = ledger.created(Stock.of(600));

    assertRefused("SU001", () -> operator.run(ROWS + "(?, ?) n", campaign.value(), from, to));

    ledger.assertEmpty(campaign);
  }

  @Test
  void each_campaign_of_a_statement_has_its_own_guard() throws SQLException {
    CampaignId small = ledger.created(Stock.of(1));
    CampaignId large = ledger.created(Stock.of(2));
    String both = INSERT + "VALUES (?, 1, 'a', now()), (?, 2, 'b', now())";

    operator.run(both, small.value(), large.value());
    assertRefused("SU001", () -> operator.run(both, large.value(), small.value()));

    assertThat(ledger.held(small)).containsExactly(holds("a", 1));
    assertThat(ledger.held(large)).containsExactly(holds("b", 2));
  }

  @Test
  void a_bulk_copy_is_guarded_too() throws SQLException {
    CampaignId campaign = ledger.created(Stock.of(1));
    String rows = "%1$s,1,a,2026-01-01\n%1$s,2,b,2026-01-01\n".formatted(campaign);

    assertRefused("SU001", () -> copy(rows));

    ledger.assertEmpty(campaign);
  }

  private void copy(String rows) throws SQLException, IOException {
    try (Connection session = operator.connect()) {
      session
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyIn(
              "COPY coupon (campaign_id, seq, user_id, accepted_at) FROM STDIN (FORMAT csv)",
              new StringReader(rows));
    }
  }

  @Test
  void an_unlimited_campaign_has_only_the_lower_bound() throws SQLException {
    CampaignId campaign = ledger.created(Stock.unlimited());

    operator.run(ROW, campaign.value(), Long.MAX_VALUE, "ann");

    assertRefused("SU001", () -> operator.run(ROW, campaign.value(), 0L, "bob"));
  }

  @Test
  void numbers_and_users_are_unique_within_a_campaign_only() throws SQLException {
    CampaignId campaign = ledger.created(Stock.of(600));
    CampaignId other = ledger.created(Stock.of(600));
    operator.run(ROW, campaign.value(), 1L, "ann");

    assertRefused("23505", () -> operator.run(ROW, campaign.value(), 1L, "bob"));
    assertRefused("23505", () -> operator.run(ROW, campaign.value(), 2L, "ann"));

    operator.run(ROW, campaign.value(), 2L, "Ann");
    operator.run(ROW, other.value(), 1L, "ann");
    assertThat(ledger.held(campaign)).containsExactly(holds("ann", 1), holds("Ann", 2));
  }

  @Test
  void users_and_campaigns_sort_by_their_bytes() throws SQLException {
    CampaignId campaign = ledger.created(Stock.of(10));
    ledger.drain().append(campaign, 0, 0, arrived(0, 1, "b", "a", "B", "a-b", "aa", "_"));

    assertThat(
            operator.ask(
                "SELECT string_agg(user_id, ' ' ORDER BY user_id) FROM coupon WHERE campaign_id = ?",
                campaign.value()))
        .isEqualTo("B _ a a-b aa b");
    assertThat(
            operator.ask(
                """
                SELECT string_agg(DISTINCT c.collname, ' ')
                FROM pg_attribute a JOIN pg_collation c ON c.oid = a.attcollation
                WHERE a.attrelid IN ('campaign'::regclass, 'drain_cursor'::regclass,
                                     'coupon'::regclass, 'failure'::regclass, 'drift'::regclass)
                  AND a.attname IN ('id', 'campaign_id', 'user_id')
                """))
        .isEqualTo("C");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-a",
        "A",
        "a_b",
        "a\n",
        "가",
        "a.b",
        "6789012345678901234567890123456789012345678901234567890123456789x"
      })
  void an_id_no_campaign_can_have_is_refused(String id) {
    assertRefused(
        "23514",
        () ->
            operator.run(
                """
                INSERT INTO campaign (id, name, opens_at, closes_at, state, version)
                VALUES (?, 'n', '2020-01-01', '2099-01-01', 'ACTIVE', 1)
                """,
                id));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE coupon SET user_id = 'eve'",
        "UPDATE coupon SET issued_at = now() WHERE false",
        "DELETE FROM coupon",
        "DELETE FROM coupon WHERE seq = 0",
        "TRUNCATE coupon",
        """
        INSERT INTO coupon (campaign_id, seq, user_id, accepted_at)
        SELECT campaign_id, seq, 'eve', accepted_at FROM coupon
        ON CONFLICT (campaign_id, seq) DO UPDATE SET user_id = excluded.user_id\
        """,
        "MERGE INTO coupon k USING (SELECT 1) one ON k.seq = 1 WHEN MATCHED THEN DELETE"
      })
  void no_coupon_is_changed_or_taken_away_by_anybody(String sql) {
    CampaignId campaign = ledger.created(Stock.of(10));
    ledger.drain().append(campaign, 0, 0, arrived(0, 1, "ann"));

    assertRefused("SU002", () -> operator.run(sql));

    assertThat(ledger.held(campaign)).containsExactly(holds("ann", 1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"DELETE FROM campaign", "TRUNCATE campaign CASCADE"})
  void no_campaign_is_deleted_so_that_no_id_is_used_again(String sql) {
    CampaignId campaign = ledger.created(Stock.of(10));

    assertRefused("SU002", () -> operator.run(sql));

    assertThat(ledger.campaigns().find(campaign)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"DELETE FROM audit", "TRUNCATE audit", "UPDATE audit SET actor = 'me'"})
  void what_an_administrator_did_stays_written_down(String sql) {
    CampaignId campaign = ledger.created(Stock.of(10));
    AuditLedger audits = new JdbcAuditLedger(ledger.database());
    Act act = new Act("ann", Action.CAMPAIGN_CLOSED, campaign, "closed");
    audits.write(act);

    assertRefused("SU002", () -> operator.run(sql));

    assertThat(audits.page(campaign, Long.MAX_VALUE, 10))
        .extracting(AuditLedger.Entry::act)
        .containsExactly(act);
  }

  @Test
  void no_coupon_is_of_a_campaign_that_does_not_exist() {
    assertRefused("SU001", () -> operator.run(ROW, Campaigns.freshId().value(), 1L, "ann"));
  }

  private static void assertRefused(String sqlState, ThrowingCallable statement) {
    assertThatThrownBy(statement)
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(sqlState));
  }
}
