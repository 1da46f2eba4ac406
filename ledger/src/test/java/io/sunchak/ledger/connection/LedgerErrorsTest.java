package io.sunchak.ledger.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sunchak.core.ledger.LedgerException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.EmptyResultDataAccessException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.transaction.TransactionSystemException;

/** The table of SQLSTATEs; those that can be caused are really caused in {@code DrainErrorsIT}. */
final class LedgerErrorsTest {
  @ParameterizedTest
  @CsvSource({
    "08006, connection failure",
    "25006, read-only transaction",
    "25P03, idle-in-transaction time-out",
    "40001, serialization failure",
    "40003, completion unknown",
    "40P01, deadlock",
    "53100, disk full",
    "53300, too many connections",
    "55006, object in use",
    "55P03, lock time-out",
    "57014, statement time-out",
    "57P01, terminated by an operator",
    "57P03, starting up"
  })
  void what_passes_may_be_tried_again(String sqlState, String what) {
    assertThat(classified(sqlState)).as(what).isExactlyInstanceOf(LedgerException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "0A000, not supported",
    "28P01, wrong password",
    "3D000, no such database",
    "42501, missing right",
    "42P01, missing table",
    "58030, disk error",
    "SU001, beyond max_seq",
    "SU002, a coupon would be changed",
    "XX001, data corrupted"
  })
  void what_a_person_must_mend_is_permanent(String sqlState, String what) {
    assertThat(classified(sqlState)).as(what).isExactlyInstanceOf(LedgerException.Permanent.class);
  }

  @ParameterizedTest
  @CsvSource({
    "09000, triggered action",
    "21000, cardinality",
    "22021, data",
    "23502, not null",
    "23503, foreign key",
    "23514, a check",
    "23P01, exclusion",
    "44000, with check option",
    "P0001, raised by a trigger",
    "45000, raised under a state of its own",
    "SHOP1, raised under a state of its own"
  })
  void what_another_row_would_not_share_is_the_rows(String sqlState, String what) {
    assertThat(classified(sqlState)).as(what).isExactlyInstanceOf(LedgerException.Rejected.class);
  }

  @Test
  void a_taken_number_is_drift() {
    assertThat(classified("23505")).isInstanceOf(LedgerException.Duplicate.class);
  }

  @Test
  void an_error_without_a_state_may_pass() {
    assertThat(thrown(new EmptyResultDataAccessException(1)))
        .isExactlyInstanceOf(LedgerException.class);
  }

  @Test
  void a_failed_rollback_does_not_hide_what_went_wrong_before() {
    TransactionSystemException late =
        new TransactionSystemException("no roll-back", new SQLException("connection is closed"));
    late.initApplicationException(
        new UncategorizedSQLException("drain", null, new SQLException("taken", "23505")));

    assertThat(thrown(late)).isInstanceOf(LedgerException.Duplicate.class).hasMessage("taken");
  }

  @Test
  void the_databases_own_words_are_the_message() {
    assertThat(classified("53300")).hasMessage("its words");
  }

  @Test
  void what_is_no_database_error_is_not_touched() {
    IllegalStateException defect = new IllegalStateException("a defect");

    assertThatThrownBy(() -> LedgerErrors.run(() -> raise(defect))).isSameAs(defect);
  }

  private static Throwable classified(String sqlState) {
    return thrown(
        new DataAccessResourceFailureException("", new SQLException("its words", sqlState)));
  }

  private static Throwable thrown(RuntimeException error) {
    try {
      LedgerErrors.run(() -> raise(error));
    } catch (LedgerException classified) {
      return classified;
    }
    throw new AssertionError("nothing was thrown");
  }

  private static void raise(RuntimeException error) {
    throw error;
  }
}
