package io.sunchak.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sunchak.core.ledger.CampaignLedger;
import io.sunchak.core.ledger.DrainLedger;
import io.sunchak.core.ledger.LedgerException;
import io.sunchak.core.ledger.PromiseLedger;
import io.sunchak.core.ledger.ResyncLedger;
import io.sunchak.core.testing.CampaignLedgerContract;
import io.sunchak.core.testing.DrainLedgerContract;
import io.sunchak.core.testing.PromiseLedgerContract;
import io.sunchak.core.testing.ResyncLedgerContract;
import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.embedded.PostgresLogin;
import io.sunchak.embedded.testing.EnginesExtension;
import io.sunchak.embedded.testing.PgBouncer;
import io.sunchak.embedded.testing.Sql;
import io.sunchak.ledger.connection.LedgerDatabase;
import io.sunchak.ledger.connection.LedgerLogin;
import io.sunchak.ledger.testing.JdbcLedger;
import java.io.IOException;
import java.sql.SQLException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The ledger keeps its contracts through PgBouncer in transaction mode, too. */
@ExtendWith(EnginesExtension.class)
final class PooledLedgerIT
    implements CampaignLedgerContract,
        DrainLedgerContract,
        ResyncLedgerContract,
        PromiseLedgerContract {
  @AutoClose private static PgBouncer pooler;
  @AutoClose private static JdbcLedger ledger;
  private static EmbeddedEngines engines;

  /** The start says what the role lacks; with that, it serves. */
  @BeforeAll
  static void do_as_the_refusal_says(EmbeddedEngines shared) throws IOException, SQLException {
    assumeTrue(PgBouncer.isInstalled(), PgBouncer.NEEDED);
    engines = shared;
    try (PgBouncer first = PgBouncer.before(engines, engines.postgres().port())) {
      String said =
          catchThrowableOfType(LedgerException.class, () -> serve(first).close()).getMessage();
      assertThat(said).contains("a pooler such as PgBouncer is in between", "statement_timeout");
      Sql.ask(engines, said.replaceAll(".*; run (.*) and let the pooler connect anew", "$1"));
    }
    pooler = PgBouncer.before(engines, engines.postgres().port());
    ledger = serve(pooler);
  }

  @Test
  void sessions_that_a_pooler_begins_are_recognised_where_it_drops_what_it_does_not_know()
      throws IOException {
    try (PgBouncer dropping = new PgBouncer(engines, engines.postgres().port(), "options");
        JdbcLedger served = serve(dropping)) {
      assertThat(served.database().unsafeSetting()).isEmpty();
      assertThatThrownBy(() -> migrate(dropping))
          .isInstanceOf(LedgerException.class)
          .hasMessageContaining("sunchak.postgres.owner.url");
    }
  }

  @Test
  void a_migration_through_it_is_refused_with_the_next_step() {
    assertThatThrownBy(() -> migrate(pooler))
        .isInstanceOf(LedgerException.class)
        .hasMessageContaining("sunchak.postgres.owner.url")
        .hasMessageNotContainingAny("\n", engines.postgresOwner().password());
  }

  @Test
  void a_parameter_of_the_url_that_it_does_not_know_is_named() {
    assertThatThrownBy(() -> serve(url(pooler) + "?currentSchema=public"))
        .isInstanceOf(LedgerException.class)
        .hasMessageContainingAll("search_path", "ignore_startup_parameters");
  }

  private static JdbcLedger serve(PgBouncer through) {
    return serve(url(through));
  }

  private static JdbcLedger serve(String url) {
    return new JdbcLedger(
        LedgerDatabase.open(
            url,
            login(engines.postgresServer()),
            engines.jdbcUrl(),
            login(engines.postgresOwner())));
  }

  private static void migrate(PgBouncer through) {
    LedgerLogin owner = login(engines.postgresOwner());
    LedgerDatabase.open(url(through), login(engines.postgresServer()), owner).close();
  }

  private static String url(PgBouncer through) {
    return engines
        .jdbcUrl()
        .replace(":" + engines.postgres().port() + "/", ":" + through.port() + "/");
  }

  private static LedgerLogin login(PostgresLogin login) {
    return new LedgerLogin(login.user(), login.password());
  }

  @Override
  public CampaignLedger campaigns() {
    return ledger.campaigns();
  }

  @Override
  public DrainLedger drain() {
    return ledger.drain();
  }

  @Override
  public ResyncLedger resync() {
    return ledger.resync();
  }

  @Override
  public PromiseLedger promises() {
    return ledger.promises();
  }
}
