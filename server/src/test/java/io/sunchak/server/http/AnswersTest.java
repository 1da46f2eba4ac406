package io.sunchak.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sunchak.core.ledger.LedgerException;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What an engine's error is answered with. */
class AnswersTest {

  @Test
  void a_ledger_that_is_away_is_worth_another_try() {
    var answer = Answers.problem(new LedgerException("connection refused", null)).block();

    assertThat(Objects.requireNonNull(answer).statusCode().value()).isEqualTo(503);
    assertThat(answer.headers().getFirst("Retry-After")).matches("[1-9]");
  }

  static LedgerException[] permanent() {
    return new LedgerException[] {
      new LedgerException.Rejected("a row that can never be", null),
      new LedgerException.Duplicate("a number that is taken", null),
      new LedgerException.Permanent("no such table", null)
    };
  }

  @ParameterizedTest
  @MethodSource("permanent")
  void what_trying_again_cannot_mend_is_told_as_a_defect(LedgerException permanent) {
    assertThatThrownBy(() -> Answers.problem(permanent).block()).isSameAs(permanent);
  }
}
