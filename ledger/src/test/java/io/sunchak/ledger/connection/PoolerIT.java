package io.sunchak.ledger.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sunchak.core.ledger.LedgerException;
import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.ledger.testing.LedgerExtension;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A pooler before PostgreSQL is named at the start, not met as errors of every second statement.
 */
@ExtendWith(LedgerExtension.class)
final class PoolerIT {
  private static final Duration LONG = Duration.ofMinutes(1);

  private final EmbeddedEngines engines;

  PoolerIT(EmbeddedEngines engines) {
    this.engines = engines;
  }

  @Test
  void one_that_refuses_the_sessions_settings_is_named_at_once() throws IOException {
    try (Pooler pooler = Pooler.refusingOptions(engines.postgres().port())) {
      long started = System.nanoTime();
      assertThatThrownBy(() -> open(pooler))
          .isExactlyInstanceOf(LedgerException.class)
          .hasMessageContaining("unsupported startup parameter: options")
          .hasMessageContaining("PgBouncer")
          .hasMessageContaining("connect to PostgreSQL itself");
      assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(LONG.dividedBy(2));
    }
  }

  @Test
  void one_that_drops_the_sessions_settings_is_named() throws IOException {
    try (Pooler pooler = Pooler.droppingOptions(engines.postgres().port())) {
      assertThatThrownBy(() -> open(pooler))
          .isExactlyInstanceOf(LedgerException.class)
          .hasMessageContaining("PgBouncer")
          .hasMessageContaining("connect to PostgreSQL itself");
    }
  }

  private void open(Pooler pooler) {
    LedgerLogin login = new LedgerLogin(engines.postgresUser(), engines.postgresPassword());
    String url = "jdbc:postgresql://127.0.0.1:" + pooler.port() + "/sunchak";
    LedgerDatabase.open(url, login, login, LONG).close();
  }
}
