package io.sunchak.ledger.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sunchak.core.Stock;
import io.sunchak.core.testing.LedgerContract;
import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.embedded.PostgresLogin;
import io.sunchak.ledger.connection.LedgerDatabase;
import io.sunchak.ledger.connection.LedgerLogin;
import io.sunchak.ledger.testing.JdbcLedger;
import io.sunchak.ledger.testing.LedgerExtension;
import io.sunchak.ledger.testing.Operator;
import io.sunchak.ledger.testing.ScratchDatabase;
import java.sql.SQLException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the server's role may do: all that the ledger's other tests do, which run as it, and not
 * this.
 */
@ExtendWith(LedgerExtension.class)
final class LedgerRightsIT {
  private static final String INSUFFICIENT_PRIVILEGE = "42501";

  private final EmbeddedEngines engines;

  LedgerRightsIT(EmbeddedEngines engines) {
    this.engines = engines;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "COPY coupon TO PROGRAM 'true'",
        "SELECT pg_read_file('PG_VERSION')",
        "UPDATE coupon SET user_id = 'me'",
        "DELETE FROM coupon",
        "TRUNCATE coupon",
        "ALTER TABLE coupon DISABLE TRIGGER coupon_is_final",
        "DROP TRIGGER coupon_within_max_seq ON coupon",
        "CREATE OR REPLACE FUNCTION refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
        "DELETE FROM campaign",
        "DELETE FROM audit",
        "UPDATE audit SET actor = 'nobody'",
        "UPDATE coupon_act SET order_id = 'mine'",
        "DELETE FROM coupon_act",
        "UPDATE ledger_identity SET id = gen_random_uuid()",
        "DELETE FROM flyway_schema_history",
        "CREATE TABLE other (v int)"
      })
  void the_servers_role_is_refused(String statement, JdbcLedger ledger) {
    assertThat(ledger.database().unsafeSetting()).isEmpty();
    PostgresLogin login = engines.postgresServer();
    Operator server = new Operator(engines.jdbcUrl(), login.user(), login.password());

    assertThatThrownBy(() -> server.run(statement))
        .isInstanceOfSatisfying(
            SQLException.class,
            refused -> assertThat(refused.getSQLState()).isEqualTo(INSUFFICIENT_PRIVILEGE));
  }

  /** Tables that one role owned and used until now: the rights come with the next start. */
  @Test
  void nodes_that_start_at_once_grant_another_role_what_it_needs()
      throws SQLException, InterruptedException, ExecutionException {
    try (ScratchDatabase scratch = ScratchDatabase.create(engines)) {
      new JdbcLedger(scratch.open()).close();
      PostgresLogin other = engines.postgresServer();
      scratch
          .operator()
          .run("GRANT CONNECT ON DATABASE %s TO %s".formatted(scratch.name(), other.user()));
      LedgerLogin server = new LedgerLogin(other.user(), other.password());

      LedgerContract.atOnce(
          3,
          () -> {
            try (JdbcLedger ledger = new JdbcLedger(open(scratch, server))) {
              return ledger.head(ledger.created(Stock.of(1))).ledgerId();
            }
          });
      assertThat(
              scratch
                  .operator()
                  .ask(
                      "SELECT has_table_privilege('%s', 'coupon', 'UPDATE')"
                          .formatted(server.user())))
          .isEqualTo("f");
    }
  }

  private static LedgerDatabase open(ScratchDatabase scratch, LedgerLogin server) {
    LedgerLogin owner = new LedgerLogin(scratch.name(), ScratchDatabase.PASSWORD);
    return LedgerDatabase.open(scratch.jdbcUrl(), server, owner);
  }
}
