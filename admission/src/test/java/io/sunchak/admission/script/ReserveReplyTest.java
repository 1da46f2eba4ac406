package io.sunchak.admission.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sunchak.core.IssueOutcome;
import io.sunchak.core.IssueOutcome.Unavailable;
import io.sunchak.core.IssueOutcome.Unavailable.Reason;
import io.sunchak.core.log.Disagreement;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ReserveReplyTest {
  @ParameterizedTest
  @EnumSource(Disagreement.class)
  void one_word_refuses_the_whole_group(Disagreement why) {
    assertThat(ReserveReply.parse(why.name(), 3)).isEqualTo(new ReserveReply.Refused(why));
  }

  @Test
  void each_user_has_a_word() {
    ReserveReply reply =
        ReserveReply.parse(
            "OK 12 1700000000123 1800000000000 3000000000 + 7 + SOLD_OUT NOT_OPEN PAUSED CLOSED"
                + " BACKLOG_FULL REBUILDING",
            9);
    assertThat(reply)
        .isInstanceOfSatisfying(
            ReserveReply.Decided.class,
            decided -> {
              assertThat(decided.version()).isEqualTo(12);
              assertThat(decided.now()).isEqualTo(1_700_000_000_123L);
              assertThat(decided.before()).isEqualTo(3_000_000_000L);
              assertThat(decided.given()).isEqualTo(3_000_000_002L);
              assertThat(decided.accepted()).isEqualTo(2);
              assertThat(decided.outcomes())
                  .containsExactly(
                      new IssueOutcome.Accepted(
                          3_000_000_001L, Instant.ofEpochMilli(1_700_000_000_123L)),
                      new IssueOutcome.AlreadyIssued(7),
                      new IssueOutcome.Accepted(
                          3_000_000_002L, Instant.ofEpochMilli(1_700_000_000_123L)),
                      new IssueOutcome.SoldOut(),
                      new IssueOutcome.NotOpen(Instant.ofEpochMilli(1_800_000_000_000L)),
                      new IssueOutcome.Paused(),
                      new IssueOutcome.Closed(),
                      new Unavailable(Reason.BACKLOG_FULL),
                      new Unavailable(Reason.REBUILDING));
            });
  }

  @Test
  void no_users_have_no_words() {
    assertThat(ReserveReply.parse("OK 1 2 3 4", 0))
        .isInstanceOfSatisfying(
            ReserveReply.Decided.class, decided -> assertThat(decided.outcomes()).isEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "OK",
        "NEWS",
        "OK 1 2 3 4 NEWS",
        "OK 1 2 3 x +",
        "OK 1 2 3",
        "OK 1 2 3 4",
        "OK 1 2 3 4 ++",
        "OK 1 2 3 4 +  +"
      })
  void what_the_script_cannot_say_is_a_defect(String text) {
    assertThatThrownBy(() -> ReserveReply.parse(text, 1)).isInstanceOf(RuntimeException.class);
  }
}
