package io.sunchak.ledger.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sunchak.core.Stock;
import io.sunchak.core.ledger.LedgerException;
import io.sunchak.core.testing.LedgerContract;
import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.embedded.directory.DataDirectory;
import io.sunchak.embedded.engine.EngineOptions;
import io.sunchak.embedded.engine.EngineOptions.Durability;
import io.sunchak.ledger.connection.LedgerDatabase.Access;
import io.sunchak.ledger.testing.JdbcLedger;
import io.sunchak.ledger.testing.LedgerExtension;
import io.sunchak.ledger.testing.Operator;
import io.sunchak.ledger.testing.ScratchDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From "is it there" to "is it safe": what a start meets. */
@ExtendWith(LedgerExtension.class)
final class LedgerDatabaseIT {
  private static final Duration A_MOMENT = Duration.ofMillis(200);
  private static final Duration LONG = Duration.ofMinutes(1);

  private static final LedgerLogin NOBODY = new LedgerLogin("u", "p");

  private final EmbeddedEngines engines;

  LedgerDatabaseIT(EmbeddedEngines engines) {
    this.engines = engines;
  }

  @Test
  void an_absent_postgres_is_named_without_the_urls_parameters() throws IOException {
    String url = "jdbc:postgresql://127.0.0.1:" + unusedPort() + "/sunchak";

    assertThatThrownBy(
            () -> LedgerDatabase.open(url + "?sslpassword=hush", NOBODY, NOBODY, A_MOMENT))
        .isExactlyInstanceOf(LedgerException.class)
        .hasMessageStartingWith("cannot use PostgreSQL at " + url + ": ")
        .hasMessageNotContaining("hush");
  }

  @ParameterizedTest
  @ValueSource(strings = {"postgres://127.0.0.1/sunchak?password=hush", "jdbc:mysql://127.0.0.1/x"})
  void another_kind_of_url_is_refused_with_the_right_one(String url) {
    assertThatThrownBy(() -> LedgerDatabase.open(url, NOBODY, NOBODY, LONG))
        .isExactlyInstanceOf(LedgerException.class)
        .hasMessageContaining("jdbc:postgresql://host:port/database")
        .hasMessageNotContaining("hush");
  }

  @Test
  void a_wrong_password_fails_at_once() {
    assertFailsAtOnce(
        engines.jdbcUrl(),
        "wrong",
        "password authentication failed for user \"postgres\"; set SUNCHAK_POSTGRES_USER and");
  }

  @Test
  void a_missing_database_fails_at_once() {
    assertFailsAtOnce(
        Operator.of(engines).in("nowhere").jdbcUrl(),
        engines.postgresPassword(),
        "database \"nowhere\" does not exist");
  }

  private void assertFailsAtOnce(String url, String password, String cause) {
    long started = System.nanoTime();
    LedgerLogin login = new LedgerLogin(engines.postgresUser(), password);
    assertThatThrownBy(() -> LedgerDatabase.open(url, login, login, LONG))
        .isExactlyInstanceOf(LedgerException.class)
        .hasMessageStartingWith("cannot use PostgreSQL at " + url + ": ")
        .hasMessageContaining(cause);
    assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(LONG);
  }

  @Test
  void an_empty_database_is_migrated_once_by_an_ordinary_owner() throws SQLException, IOException {
    try (ScratchDatabase scratch = ScratchDatabase.create(engines)) {
      String first = openAndRead(scratch);
      String second = openAndRead(scratch);

      assertThat(second).isEqualTo(first);
      assertThat(
              scratch
                  .operator()
                  .ask(
                      "SELECT string_agg(version, ' ' ORDER BY installed_rank) FROM flyway_schema_history"))
          .as("each script once")
          .isEqualTo(scripts());
    }
  }

  /** The versions of all scripts, in their order. */
  private static String scripts() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src/main/resources/db/migration"))) {
      return files
          .map(file -> file.getFileName().toString().replaceFirst("^V(\\d+)__.*", "$1"))
          .map(Integer::valueOf)
          .sorted()
          .map(String::valueOf)
          .collect(Collectors.joining(" "));
    }
  }

  @Test
  void two_nodes_that_start_at_once_migrate_once()
      throws SQLException, InterruptedException, ExecutionException {
    try (ScratchDatabase scratch = ScratchDatabase.create(engines)) {
      List<String> identities = LedgerContract.atOnce(2, () -> openAndRead(scratch));

      assertThat(identities).doesNotContain("").containsOnly(identities.getFirst());
      assertThat(scratch.operator().ask("SELECT count(*) FROM ledger_identity")).isEqualTo("1");
    }
  }

  /** The ledger's identity, made by the first migration. */
  private static String openAndRead(ScratchDatabase scratch) throws SQLException {
    try (JdbcLedger ledger = new JdbcLedger(scratch.open())) {
      return ledger.head(ledger.created(Stock.of(1))).ledgerId();
    }
  }

  @Test
  void a_schema_that_cannot_be_made_is_said_to_be_so() throws SQLException {
    try (ScratchDatabase scratch = ScratchDatabase.create(engines)) {
      scratch.operator().run("CREATE TABLE coupon (something text)");

      assertThatThrownBy(scratch::open)
          .isExactlyInstanceOf(LedgerException.class)
          .hasMessageStartingWith("cannot migrate the ledger: ");
      assertThat(scratch.operator().ask("SELECT to_regclass('ledger_identity') IS NULL"))
          .as("nothing is half migrated")
          .isEqualTo("t");
    }
  }

  @Test
  void durable_settings_are_safe(JdbcLedger ledger) {
    assertThat(ledger.database().unsafeSetting()).isEmpty();
    assertThat(ledger.database().access()).isEqualTo(Access.WRITABLE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"DATABASE", "ROLE"})
  void no_database_or_role_can_take_durability_from_the_ledgers_sessions(String level)
      throws SQLException {
    try (ScratchDatabase scratch = ScratchDatabase.create(engines)) {
      scratch
          .operator()
          .run("ALTER %s %s SET synchronous_commit = off".formatted(level, scratch.name()));
      try (LedgerDatabase database = scratch.open()) {
        assertThat(database.jdbc().sql("SHOW synchronous_commit").query(String.class).single())
            .isEqualTo("on");
        assertThat(database.unsafeSetting()).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"off", "local"})
  void sessions_whose_commits_do_not_wait_are_unsafe(String value) throws SQLException {
    try (ScratchDatabase scratch = ScratchDatabase.create(engines);
        LedgerDatabase database = scratch.open("-c synchronous_commit=" + value)) {
      assertThat(database.unsafeSetting())
          .contains("synchronous_commit is " + value + " and must be on");
    }
  }

  @Test
  void a_server_that_does_not_sync_is_unsafe() {
    try (DataDirectory data = DataDirectory.ephemeral(Path.of("target"));
        EmbeddedEngines careless =
            EmbeddedEngines.start(data, EngineOptions.defaults().with(Durability.OFF));
        JdbcLedger ledger = JdbcLedger.open(careless)) {
      assertThat(ledger.database().unsafeSetting()).contains("fsync is off and must be on");
    }
  }

  private static int unusedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
