package io.sunchak.ledger.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sunchak.core.ledger.LedgerException;
import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.embedded.PostgresLogin;
import io.sunchak.embedded.directory.DataDirectory;
import io.sunchak.embedded.engine.EngineOptions;
import io.sunchak.embedded.engine.EngineOptions.Role;
import io.sunchak.embedded.testing.Certificates;
import io.sunchak.embedded.testing.FaultProxy;
import io.sunchak.embedded.testing.TlsPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * TLS to PostgreSQL: with the right CA it serves; else the start ends at once with one sentence,
 * and nothing was sent in the clear. On an engine of its own, for TLS concerns all who use it.
 */
final class LedgerTlsIT {
  private static final Duration LONG = Duration.ofMinutes(1);

  @AutoClose private static DataDirectory data;
  @AutoClose private static EmbeddedEngines engines;
  @AutoClose private static FaultProxy proxy;
  private static Certificates certificates;

  @BeforeAll
  static void start() throws Exception {
    data = DataDirectory.ephemeral(Path.of("target"));
    engines = EmbeddedEngines.start(data, EngineOptions.defaults().with(EnumSet.of(Role.POSTGRES)));
    certificates = Certificates.in(Files.createTempDirectory(Path.of("target"), "tls-"));
    proxy = new FaultProxy(engines.postgres().port());
  }

  @Test
  void the_right_ca_serves_and_nothing_is_in_the_clear() throws Exception {
    try (TlsPostgres _ = TlsPostgres.only(engines, certificates);
        LedgerDatabase ledger =
            open("127.0.0.1", "?sslmode=verify-full&sslrootcert=" + certificates.ca())) {
      assertThat(
              ledger
                  .jdbc()
                  .sql("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")
                  .query(Boolean.class)
                  .single())
          .isTrue();
      assertNothingInTheClear();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, verify-full, other, its certificate is not trusted here: name the file of the CA",
    "localhost, verify-full, right, write the name that it is for",
    "127.0.0.1, verify-full, nowhere, a file in the URL cannot be read",
    "127.0.0.1, disable, right, add sslmode=verify-full and sslrootcert=FILE to the URL"
  })
  void what_is_wrong_ends_the_start_at_once(String host, String mode, String ca, String next)
      throws Exception {
    Path file =
        switch (ca) {
          case "right" -> certificates.ca();
          case "other" -> certificates.otherCa();
          default -> Path.of("/nowhere/ca.pem");
        };
    try (TlsPostgres _ = TlsPostgres.only(engines, certificates)) {
      assertRefused(host, "?sslmode=" + mode + "&sslrootcert=" + file, next);
    }
  }

  @Test
  void tls_to_a_postgres_that_has_none_ends_the_start_at_once() {
    assertRefused(
        "127.0.0.1",
        "?sslmode=verify-full&sslrootcert=" + certificates.ca(),
        "switch ssl on in its postgresql.conf");
  }

  private static void assertRefused(String host, String parameters, String next) {
    long started = System.nanoTime();
    assertThatThrownBy(() -> open(host, parameters).close())
        .isExactlyInstanceOf(LedgerException.class)
        .hasMessageContainingAll("cannot use PostgreSQL at", next)
        .hasMessageNotContainingAny("\n", "Exception", engines.postgresOwner().password());
    assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(LONG.dividedBy(2));
    assertNothingInTheClear();
  }

  private static void assertNothingInTheClear() {
    assertThat(proxy.written(engines.postgresOwner().password())).isZero();
    assertThat(proxy.written("SELECT")).isZero();
  }

  private static LedgerDatabase open(String host, String parameters) {
    String url = "jdbc:postgresql://%s:%d/sunchak%s".formatted(host, proxy.port(), parameters);
    return LedgerDatabase.open(
        url, login(engines.postgresServer()), login(engines.postgresOwner()), LONG);
  }

  private static LedgerLogin login(PostgresLogin login) {
    return new LedgerLogin(login.user(), login.password());
  }
}
