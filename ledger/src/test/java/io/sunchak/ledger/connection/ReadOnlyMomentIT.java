package io.sunchak.ledger.connection;

import static io.sunchak.core.testing.LedgerContract.arrived;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sunchak.core.CampaignId;
import io.sunchak.core.Stock;
import io.sunchak.core.ledger.LedgerException;
import io.sunchak.core.testing.LedgerContract;
import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.embedded.directory.DataDirectory;
import io.sunchak.embedded.engine.EngineOptions;
import io.sunchak.ledger.connection.LedgerDatabase.Access;
import io.sunchak.ledger.testing.JdbcLedger;
import io.sunchak.ledger.testing.Operator;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A PostgreSQL that is read-only for a moment, as in a switch-over. On a server of its own, for it
 * is the whole server that does not write.
 */
@Timeout(120)
final class ReadOnlyMomentIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int SESSIONS = 16;
  private static final String OURS =
      "FROM pg_stat_activity WHERE application_name = 'sunchak' AND pid <> pg_backend_pid()";

  /** A role's or database's setting is kept by each session that was opened under it. */
  @ParameterizedTest
  @ValueSource(strings = {"ALTER SYSTEM", "ALTER DATABASE"})
  void sessions_that_were_opened_meanwhile_keep_no_row_from_being_written(String level)
      throws SQLException {
    try (DataDirectory data = DataDirectory.ephemeral(Path.of("target"));
        EmbeddedEngines engines = EmbeddedEngines.start(data, EngineOptions.defaults());
        JdbcLedger ledger = JdbcLedger.open(engines)) {
      Operator operator = Operator.of(engines);
      CampaignId campaign = ledger.created(Stock.of(10));
      readOnly(operator, level, "on");
      operator.ask("SELECT count(pg_terminate_backend(pid)) " + OURS);
      openAll(ledger, operator);
      assertThatThrownBy(() -> append(ledger, campaign))
          .isExactlyInstanceOf(LedgerException.class)
          .hasMessageContaining("read-only");
      openAll(ledger, operator);
      assertThat(ledger.database().access()).isEqualTo(Access.READ_ONLY);

      readOnly(operator, level, "off");

      assertThat(append(ledger, campaign)).as("at the first try").isTrue();
      assertThat(ledger.database().access()).isEqualTo(Access.WRITABLE);
    }
  }

  @Test
  void a_session_whose_server_takes_no_writes_is_thrown_away_and_so_are_the_others()
      throws SQLException {
    try (DataDirectory data = DataDirectory.ephemeral(Path.of("target"));
        EmbeddedEngines engines = EmbeddedEngines.start(data, EngineOptions.defaults());
        JdbcLedger ledger = JdbcLedger.open(engines)) {
      Operator operator = Operator.of(engines);
      CampaignId campaign = ledger.created(Stock.of(10));
      openAll(ledger, operator);
      String before = operator.ask("SELECT string_agg(pid::text, ',') " + OURS);
      readOnly(operator, "ALTER SYSTEM", "on");

      assertThatThrownBy(() -> append(ledger, campaign)).hasMessageContaining("read-only");

      await()
          .atMost(PATIENCE)
          .untilAsserted(() ->
              assertThat(
                      operator.ask(
                          "SELECT count(*) "
                              + OURS
                              + " AND pid = ANY (string_to_array(?, ',')::int[])",
                          before))
                  .isEqualTo("0"));
      readOnly(operator, "ALTER SYSTEM", "off");
    }
  }

  private static boolean append(JdbcLedger ledger, CampaignId campaign) {
    return ledger.drain().append(campaign, 0, 0, arrived(0, 1, "ann"));
  }

  /** Until the pool has as many sessions as it may have, each of which was used just now. */
  private static void openAll(JdbcLedger ledger, Operator operator) {
    String all = String.valueOf(SESSIONS);
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(() -> {
          LedgerContract.atOnce(SESSIONS, () -> busy(ledger));
          return operator.ask("SELECT count(*) " + OURS).equals(all);
        });
  }

  private static String busy(JdbcLedger ledger) {
    String second = "SELECT pg_sleep(1)::text";
    return ledger.database().jdbc().sql(second).query(String.class).single();
  }

  private static String of(String level, Operator operator) throws SQLException {
    return level.equals("ALTER DATABASE")
        ? level + " " + operator.ask("SELECT current_database()")
        : level;
  }

  private static void readOnly(Operator operator, String level, String value) throws SQLException {
    try (Connection session = operator.connect()) {
      Operator.run(session, "SET default_transaction_read_only = off");
      Operator.run(session, of(level, operator) + " SET default_transaction_read_only = " + value);
      Operator.run(session, "SELECT pg_reload_conf()");
    }
    await()
        .atMost(PATIENCE)
        .until(() -> operator.ask("SHOW default_transaction_read_only").equals(value));
  }
}
