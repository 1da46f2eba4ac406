package io.sunchak.ledger.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.ledger.connection.LedgerDatabase.Access;
import io.sunchak.ledger.testing.LedgerExtension;
import io.sunchak.ledger.testing.Operator;
import io.sunchak.ledger.testing.ScratchDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A PostgreSQL that accepts no connections for a while. */
@Timeout(60)
@ExtendWith(LedgerExtension.class)
final class ReconnectIT {
  /** After 5.1 s of failures HikariCP pauses for 5 s, a call waits for 2 s. */
  private static final Duration AWAY = Duration.ofSeconds(6);

  private final EmbeddedEngines engines;

  ReconnectIT(EmbeddedEngines engines) {
    this.engines = engines;
  }

  @Test
  void the_first_call_after_it_is_back_succeeds_however_long_it_was_away() throws SQLException {
    try (ScratchDatabase scratch = ScratchDatabase.create(engines);
        LedgerDatabase database = scratch.open()) {
      takeAway(scratch);
      long back = System.nanoTime() + AWAY.toNanos();
      while (System.nanoTime() - back < 0) {
        assertThat(database.access()).isEqualTo(Access.AWAY);
      }

      Operator.of(engines)
          .run("ALTER DATABASE %s ALLOW_CONNECTIONS true".formatted(scratch.name()));

      assertThat(database.access()).isEqualTo(Access.WRITABLE);
    }
  }

  @Test
  void a_closed_ledger_asks_no_more() throws SQLException {
    try (ScratchDatabase scratch = ScratchDatabase.create(engines)) {
      LedgerDatabase database = scratch.open();
      takeAway(scratch);
      assertThat(database.access()).isEqualTo(Access.AWAY);
      await().untilAsserted(() -> assertThat(connecting()).isPositive());

      database.close();

      await().untilAsserted(() -> assertThat(connecting()).isZero());
    }
  }

  private static long connecting() {
    return Thread.getAllStackTraces().values().stream()
        .flatMap(Arrays::stream)
        .filter(frame -> frame.getClassName().equals(ReconnectingSource.class.getName()))
        .count();
  }

  private void takeAway(ScratchDatabase scratch) throws SQLException {
    Operator postgres = Operator.of(engines);
    postgres.run("ALTER DATABASE %s ALLOW_CONNECTIONS false".formatted(scratch.name()));
    postgres.ask(
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = ?",
        scratch.name());
  }
}
