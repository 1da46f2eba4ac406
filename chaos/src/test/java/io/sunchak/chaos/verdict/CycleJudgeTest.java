package io.sunchak.chaos.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.sunchak.chaos.schedule.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Planted histories: those that break the promise must be red, those that it allows must not. */
class CycleJudgeTest {
  private static final long LATE = 4_000;

  @Test
  void a_kept_promise_is_clean() {
    CycleJudge.Result result = new Story().told("a", 1, 0, 0).holds("a", 1).judged(null);
    assertThat(result.violations()).isEmpty();
    assertThat(result.promised()).isEqualTo(1);
    assertThat(result.lost()).isZero();
  }

  @Test
  void a_promise_that_no_fault_explains_is_red() {
    assertRed(new Story().told("a", 1, 0, 0).judged(null), "I3");
  }

  /** What a living server knows, it hands over. */
  @ParameterizedTest
  @EnumSource(
      names = {"REDIS_FLUSHED", "REDIS_ROLLED_BACK", "REDIS_DATA_DELETED", "REDIS_TAIL_LOST"})
  void a_loss_does_not_excuse_what_a_living_server_told(Fault loss) {
    Story story = new Story().told("a", 1, 0, 0).struck(loss, 0, 10, 20);
    assertRed(story.struck(Fault.SERVER_KILLED, 1, 5, 30).judged(null), "I3");
  }

  @Test
  void a_kill_alone_excuses_nothing() {
    Story story = new Story().told("a", 1, 0, 0).struck(Fault.ALL_KILLED, 0, 10, 20);
    assertRed(story.judged(null), "I3");
  }

  @Test
  void what_was_told_after_the_loss_is_not_excused() {
    assertRed(lossAndKill().told("a", 1, 0, 9_000).judged(null), "I3");
  }

  @Test
  void what_another_server_repeated_is_not_excused() {
    Story story = lossAndKill().told("a", 1, 0, 0).told("a", 1, 1, 1);
    assertRed(story.isVoid(1).listed("VOIDED", "void 1", 0, 1).judged(null), "I3");
  }

  @Test
  void a_lost_promise_that_is_listed_is_allowed() {
    CycleJudge.Result result =
        lossAndKill()
            .told("a", 1, 0, -LATE)
            .isVoid(1)
            .listed("VOIDED", "void 1", 0, 1)
            .judged(null);
    assertThat(result.violations()).isEmpty();
    assertThat(result.lost()).isEqualTo(1);
    assertThat(result.unlisted()).isZero();
  }

  @Test
  void a_number_above_the_last_known_one_is_listed_by_the_node_that_saw_it() {
    Story story = lossAndKill().told("a", 3, 0, -LATE);
    assertThat(story.listed("UNACCOUNTED", "node", 3, 0).judged(null).violations()).isEmpty();
    story = lossAndKill().told("a", 3, 0, -LATE);
    assertRed(story.listed("UNACCOUNTED", "node", 2, 0).judged(null), "in no list");
  }

  @Test
  void a_lost_promise_that_a_server_had_time_to_report_must_be_listed() {
    assertRed(lossAndKill().told("a", 1, 0, -LATE).judged(null), "in no list");
  }

  @Test
  void a_lost_promise_of_a_server_that_died_at_once_need_not_be_listed() {
    CycleJudge.Result result = lossAndKill().told("a", 1, 0, 0).judged(null);
    assertThat(result.violations()).isEmpty();
    assertThat(result.unlisted()).isEqualTo(1);
  }

  /** After the loss the number is given to whoever comes, and SOLD_OUT was said too early. */
  @Test
  void a_lost_number_may_be_given_again() {
    CycleJudge.Result result =
        lossAndKill()
            .told("a", 1, 0, 0)
            .refused("b", 0, 2)
            .told("b", 1, 1, 9_000)
            .holds("b", 1)
            .refused("a", 1, 9_500)
            .judged(1L);
    assertThat(result.violations()).isEmpty();
  }

  @Test
  void sold_out_is_final_where_nothing_was_lost() {
    Story story = new Story().unanswered("a", 0, 0).refused("b", 0, 2).told("b", 1, 1, 9_000);
    assertRed(story.holds("b", 1).struck(Fault.REDIS_KILLED, 0, 5, 10).judged(1L), "I6");
  }

  @Test
  void redis_and_ledger_must_agree() {
    assertRed(
        new Story().told("a", 1, 0, 0).holds("a", 1).issued("b", 2).judged(null), "I10", "b=2");
  }

  @Test
  void a_failure_with_a_holder_is_red() {
    assertRed(new Story().told("a", 1, 0, 0).failed("a", 1).judged(null), "a failure is left");
  }

  /** Server 0 dies, then Redis loses data. */
  private static Story lossAndKill() {
    return new Story()
        .struck(Fault.SERVER_KILLED, 0, 10, 2_000)
        .struck(Fault.REDIS_FLUSHED, 0, 20, 30);
  }

  private static void assertRed(CycleJudge.Result result, String... words) {
    assertThat(result.violations()).anySatisfy(violation -> assertThat(violation).contains(words));
  }
}
