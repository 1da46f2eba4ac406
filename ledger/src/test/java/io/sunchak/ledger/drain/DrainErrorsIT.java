package io.sunchak.ledger.drain;

import static io.sunchak.core.testing.LedgerContract.arrived;
import static io.sunchak.core.testing.LedgerContract.holds;
import static io.sunchak.core.testing.LedgerContract.one;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.sunchak.core.CampaignId;
import io.sunchak.core.Reservation;
import io.sunchak.core.Stock;
import io.sunchak.core.drain.DrainListener;
import io.sunchak.core.drain.DrainPass;
import io.sunchak.core.drain.DrainPorts;
import io.sunchak.core.drain.PassResult;
import io.sunchak.core.ledger.LedgerException;
import io.sunchak.core.log.ReservationLog;
import io.sunchak.core.promise.PromiseBook;
import io.sunchak.core.promise.Promises;
import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.ledger.connection.LedgerDatabase.Access;
import io.sunchak.ledger.failures.JdbcFailureLedger;
import io.sunchak.ledger.testing.JdbcLedger;
import io.sunchak.ledger.testing.LedgerExtension;
import io.sunchak.ledger.testing.Operator;
import io.sunchak.ledger.testing.ScratchDatabase;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the drain is told when PostgreSQL really fails, and that a batch which failed left nothing
 * behind: it is written whole as soon as the cause is gone.
 */
@ExtendWith(LedgerExtension.class)
final class DrainErrorsIT {
  /** Holds up the rows of a batch: the cursor has moved, they are not there. */
  private static final String HOLD_ROWS = "LOCK TABLE coupon IN SHARE MODE";

  /** Holds up the cursor, and changes its row. */
  private static final String HOLD_CURSOR =
      "UPDATE drain_cursor SET last = last WHERE campaign_id = ?";

  private final JdbcLedger shared;
  private final EmbeddedEngines engines;
  private final Operator operator;

  DrainErrorsIT(JdbcLedger shared, EmbeddedEngines engines) {
    this.shared = shared;
    this.engines = engines;
    this.operator = Operator.of(engines);
  }

  @ParameterizedTest
  @CsvSource({"lock_timeout, 55P03", "statement_timeout, 57014"})
  void a_wait_that_became_too_long_passes(String limit, String sqlState) throws SQLException {
    try (ScratchDatabase scratch = ScratchDatabase.create(engines);
        JdbcLedger ledger = new JdbcLedger(scratch.open("-c " + limit + "=300"))) {
      CampaignId campaign = ledger.created(Stock.of(10));

      try (Connection holder = scratch.operator().holding(HOLD_ROWS)) {
        assertPasses(sqlState, append(ledger, campaign));
        holder.rollback();
      }

      assertNothingIsLost(ledger, campaign);
    }
  }

  @Test
  void a_serialization_failure_passes() throws SQLException {
    try (ScratchDatabase scratch = ScratchDatabase.create(engines);
        JdbcLedger ledger =
            new JdbcLedger(scratch.open("-c default_transaction_isolation=repeatable\\ read"))) {
      CampaignId campaign = ledger.created(Stock.of(10));
      CompletableFuture<Throwable> append;

      try (Connection holder = scratch.operator().holding(HOLD_CURSOR, campaign.value())) {
        append = CompletableFuture.supplyAsync(() -> append(ledger, campaign));
        waiterOn(scratch.operator());
        holder.commit();
      }

      assertPasses("40001", append.join());
      assertNothingIsLost(ledger, campaign);
    }
  }

  @Test
  void the_victim_of_a_deadlock_may_try_again() throws SQLException {
    CampaignId campaign = shared.created(Stock.of(10));
    long epoch = shared.resync().begin(campaign, 0);

    Throwable error;
    try (Connection holder = operator.holding(HOLD_CURSOR, campaign.value())) {
      // The one who asks last closes the circle, and only its own patience is short.
      Operator.run(holder, "SET LOCAL deadlock_timeout = '1h'");
      error =
          catchThrowable(() ->
              shared
                  .resync()
                  .inAttempt(
                      campaign,
                      epoch,
                      attempt -> {
                        attempt.insert(List.of(one(epoch, 1, "ann")));
                        Thread.startVirtualThread(() -> lockCampaign(holder, campaign));
                        waiterOn(operator);
                        attempt.moveCursor(1);
                        return true;
                      }));
    }

    assertPasses("40P01", error);
    shared.assertEmpty(campaign);
  }

  @Test
  void a_terminated_backend_passes() throws SQLException {
    CampaignId campaign = shared.created(Stock.of(10));
    CompletableFuture<Throwable> append;

    try (Connection holder = operator.holding(HOLD_ROWS)) {
      append = CompletableFuture.supplyAsync(() -> append(shared, campaign));
      operator.run("SELECT pg_terminate_backend(?)", waiterOn(operator));
      // Within COPY the driver reads on after PostgreSQL's farewell, and finds no connection.
      assertThat(append.join()).isExactlyInstanceOf(LedgerException.class);
      holder.rollback();
    }

    assertNothingIsLost(shared, campaign);
  }

  @Test
  void a_killed_server_comes_back_without_half_a_batch() throws SQLException {
    CampaignId campaign = shared.created(Stock.of(10));
    shared.drain().append(campaign, 0, 0, List.of(one(0, 1, "eve")));

    try (Connection holder = operator.holding(HOLD_ROWS)) {
      CompletableFuture<Throwable> append =
          CompletableFuture.supplyAsync(() ->
              catchThrowable(
                  () -> shared.drain().append(campaign, 0, 1, arrived(0, 2, "ann", "bob"))));
      waiterOn(operator);
      ProcessHandle.of(engines.postgres().pid()).orElseThrow().destroyForcibly();
      assertThat(append.join()).isExactlyInstanceOf(LedgerException.class);
      assertThat(holder.isValid(1)).isFalse();
    }

    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> shared.database().access() == Access.WRITABLE);
    assertThat(shared.head(campaign).cursor()).isEqualTo(1);
    assertThat(shared.held(campaign)).containsExactly(holds("eve", 1));
    assertThat(shared.drain().append(campaign, 0, 1, arrived(0, 2, "ann", "bob"))).isTrue();
  }

  @Test
  void too_many_connections_pass() throws SQLException {
    try (ScratchDatabase scratch = ScratchDatabase.create(engines);
        JdbcLedger ledger = new JdbcLedger(scratch.open())) {
      CampaignId campaign = ledger.created(Stock.of(10));

      scratch.operator().run("ALTER ROLE " + scratch.name() + " CONNECTION LIMIT 0");
      scratch
          .operator()
          .run(
              "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = ?",
              scratch.name());
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> assertPasses("53300", append(ledger, campaign)));
      scratch.operator().run("ALTER ROLE " + scratch.name() + " CONNECTION LIMIT -1");

      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> ledger.database().access() == Access.WRITABLE);
      assertNothingIsLost(ledger, campaign);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ALTER TABLE coupon RENAME TO mislaid, 42P01, ALTER TABLE mislaid RENAME TO coupon",
    "REVOKE INSERT ON coupon FROM %s, 42501, GRANT INSERT ON coupon TO %s"
  })
  void what_a_person_must_mend_stops_the_drain(String damage, String sqlState, String repair)
      throws SQLException {
    try (ScratchDatabase scratch = ScratchDatabase.create(engines);
        JdbcLedger ledger = new JdbcLedger(scratch.open())) {
      CampaignId campaign = ledger.created(Stock.of(10));

      scratch.operator().run(damage.formatted(scratch.name()));
      assertIs(LedgerException.Permanent.class, sqlState, append(ledger, campaign));
      scratch.operator().run(repair.formatted(scratch.name()));

      assertNothingIsLost(ledger, campaign);
    }
  }

  @Test
  void a_number_beyond_the_guard_stops_the_drain() {
    CampaignId campaign = shared.created(Stock.of(1));

    assertIs(LedgerException.Permanent.class, "SU001", append(shared, campaign));

    shared.assertEmpty(campaign);
  }

  @Test
  void a_server_that_has_become_a_standby_passes() throws SQLException {
    try (ScratchDatabase scratch = ScratchDatabase.create(engines)) {
      scratch.open().close();
      try (JdbcLedger ledger =
          new JdbcLedger(scratch.open("-c default_transaction_read_only=on"))) {
        CampaignId campaign;
        try (JdbcLedger writable = new JdbcLedger(scratch.open())) {
          campaign = writable.created(Stock.of(10));
        }

        assertPasses("25006", append(ledger, campaign));

        ledger.assertEmpty(campaign);
      }
    }
  }

  @Test
  void a_row_is_at_fault_when_its_data_or_its_user_is() {
    CampaignId campaign = shared.created(Stock.of(10));
    Reservation tooLate = new Reservation(0, 1, "ann", Instant.parse("+300000-01-01T00:00:00Z"));

    assertIs(
        LedgerException.Rejected.class,
        "22008",
        catchThrowable(() -> shared.drain().append(campaign, 0, 0, List.of(tooLate))));
    shared.assertEmpty(campaign);
  }

  /** Whoever writes past this server cannot store what would part a user of the log in two. */
  @ParameterizedTest
  @ValueSource(strings = {"", "two words", "é"})
  void the_table_itself_refuses_who_is_no_user(String user) throws SQLException {
    try (ScratchDatabase scratch = ScratchDatabase.create(engines);
        JdbcLedger ledger = new JdbcLedger(scratch.open())) {
      CampaignId campaign = ledger.created(Stock.of(10));
      String insert =
          "INSERT INTO coupon (campaign_id, seq, user_id, accepted_at) VALUES ('%s', 1, '%s', now())"
              .formatted(campaign, user);
      assertThatThrownBy(() -> scratch.operator().run(insert)).hasMessageContaining("user_form");
    }
  }

  /** What refuses bob, and nobody else of ann, ben, bob and cat. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "P0001 | CREATE FUNCTION odd() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.user_id = 'bob' THEN RAISE 'not bob'; END IF; RETURN NEW; END $$; CREATE TRIGGER odd BEFORE INSERT ON coupon FOR EACH ROW EXECUTE FUNCTION odd()",
        "P0001 | CREATE FUNCTION odd() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.user_id = 'bob' THEN RAISE 'not bob'; END IF; RETURN NULL; END $$; CREATE CONSTRAINT TRIGGER odd AFTER INSERT ON coupon DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION odd()",
        "SHOP1 | CREATE FUNCTION odd() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.user_id = 'bob' THEN RAISE 'not bob' USING ERRCODE = 'SHOP1'; END IF; RETURN NULL; END $$; CREATE TRIGGER odd AFTER INSERT ON coupon FOR EACH ROW EXECUTE FUNCTION odd()",
        "23514 | ALTER TABLE coupon ADD CONSTRAINT odd CHECK (user_id <> 'bob')",
        "23505 | CREATE UNIQUE INDEX odd ON coupon (left(user_id, 1)) WHERE user_id > 'b'",
        "23503 | CREATE TABLE member (id text PRIMARY KEY); INSERT INTO member VALUES ('ann'), ('cat'), ('ben'); ALTER TABLE coupon ADD CONSTRAINT odd FOREIGN KEY (user_id) REFERENCES member",
        "23502 | ALTER TABLE coupon ADD COLUMN odd text DEFAULT 'x'; CREATE FUNCTION odd() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.user_id = 'bob' THEN NEW.odd = NULL; END IF; RETURN NEW; END $$; CREATE TRIGGER odd BEFORE INSERT ON coupon FOR EACH ROW EXECUTE FUNCTION odd(); ALTER TABLE coupon ALTER COLUMN odd SET NOT NULL",
        "23P01 | ALTER TABLE coupon ADD CONSTRAINT odd EXCLUDE USING btree ((left(user_id, 1)) WITH =) WHERE (user_id > 'b')",
        "23514 | CREATE DOMAIN no_bob AS text CHECK (VALUE <> 'bob'); ALTER TABLE coupon ADD COLUMN odd no_bob GENERATED ALWAYS AS (user_id) STORED"
      })
  @Retention(RetentionPolicy.RUNTIME)
  @interface WhateverRefusesBob {}

  @WhateverRefusesBob
  void a_row_that_something_added_refuses_is_kept_and_the_others_are_written(
      String sqlState, String addition) throws SQLException {
    try (ScratchDatabase scratch = ScratchDatabase.create(engines);
        JdbcLedger ledger = new JdbcLedger(scratch.open())) {
      CampaignId campaign = ledger.created(Stock.of(10));
      scratch.operator().run(addition);
      List<Reservation> batch = arrived(0, 1, "ann", "ben", "bob", "cat");

      assertIs(
          LedgerException.Rejected.class,
          sqlState,
          catchThrowable(() -> ledger.drain().append(campaign, 0, 0, batch)));
      ledger.resync().finish(campaign, 0);
      assertThat(drainOf(ledger, batch).runOnce(campaign))
          .isEqualTo(new PassResult.Moved(3, 1, false));

      String rows =
          "SELECT string_agg(user_id, ' ' ORDER BY seq) FROM coupon WHERE campaign_id = ?";
      assertThat(scratch.operator().ask(rows, campaign.value())).isEqualTo("ann ben cat");
      assertThat(new JdbcFailureLedger(ledger.database()).findByUser(campaign, "bob"))
          .hasValueSatisfying(kept -> assertThat(kept.failure().sequence()).isEqualTo(3));
      assertThat(ledger.head(campaign).cursor()).isEqualTo(4);
    }
  }

  @WhateverRefusesBob
  void an_attempt_goes_on_without_a_row_that_something_added_refuses(
      String sqlState, String addition) throws SQLException {
    try (ScratchDatabase scratch = ScratchDatabase.create(engines);
        JdbcLedger ledger = new JdbcLedger(scratch.open())) {
      CampaignId campaign = ledger.created(Stock.of(10));
      scratch.operator().run(addition);
      long epoch = ledger.resync().begin(campaign, 0);

      ledger
          .resync()
          .inAttempt(
              campaign,
              epoch,
              attempt -> {
                List<Reservation> all = arrived(epoch, 1, "ann", "ben", "bob", "cat");
                assertIs(
                    LedgerException.Rejected.class,
                    sqlState,
                    catchThrowable(() -> attempt.insert(all)));
                attempt.insert(List.of(all.get(0), all.get(1), all.get(3)));
                attempt.insertFailures(List.of(all.get(2)), "refused");
                return true;
              });

      assertThat(ledger.held(campaign))
          .containsExactly(holds("ann", 1), holds("ben", 2), holds("bob", 3), holds("cat", 4));
    }
  }

  /** The product's drain, over a log that holds this. */
  private static DrainPass drainOf(JdbcLedger ledger, List<Reservation> log) {
    DrainPorts ports =
        new DrainPorts(
            ledger.campaigns(),
            ledger.drain(),
            (campaign, ledgerId, epoch, cursor, last, max) ->
                new ReservationLog.Entries(log, log.size()),
            new Promises("node", new PromiseBook(1_000), ledger.resync(), ledger.promises()),
            (campaign, why) -> {});
    return new DrainPass(ports, DrainListener.NONE, InstantSource.system());
  }

  private static Throwable append(JdbcLedger ledger, CampaignId campaign) {
    return catchThrowable(() -> ledger.drain().append(campaign, 0, 0, arrived(0, 1, "ann", "bob")));
  }

  private static Throwable catchThrowable(ThrowingCallable work) {
    return catchThrowableOfType(Throwable.class, work);
  }

  private static void lockCampaign(Connection session, CampaignId campaign) {
    try {
      Operator.run(session, "SELECT FROM campaign WHERE id = ? FOR UPDATE", campaign.value());
    } catch (SQLException closedMeanwhile) {
      // It has done its part by waiting.
    }
  }

  /** The backend that waits for another one's lock, once there is one. */
  private static int waiterOn(Operator operator) {
    return await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                operator.ask(
                    """
                    SELECT pid FROM pg_stat_activity
                    WHERE cardinality(pg_blocking_pids(pid)) > 0 AND datname = current_database()
                    """),
            pid -> !pid.isEmpty())
        .transform(Integer::valueOf);
  }

  private static void assertPasses(String sqlState, Throwable error) {
    assertIs(LedgerException.class, sqlState, error);
  }

  private static void assertIs(
      Class<? extends LedgerException> kind, String sqlState, Throwable error) {
    assertThat(error).isExactlyInstanceOf(kind);
    assertThat(error)
        .rootCause()
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(sqlState));
  }

  private static void assertNothingIsLost(JdbcLedger ledger, CampaignId campaign) {
    ledger.assertEmpty(campaign);
    assertThat(ledger.drain().append(campaign, 0, 0, arrived(0, 1, "ann", "bob"))).isTrue();
    assertThat(ledger.held(campaign)).containsExactly(holds("ann", 1), holds("bob", 2));
  }
}
