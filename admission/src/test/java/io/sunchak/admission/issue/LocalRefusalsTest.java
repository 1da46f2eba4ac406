package io.sunchak.admission.issue;

import static org.assertj.core.api.Assertions.assertThat;

import io.sunchak.admission.script.ReserveReply;
import io.sunchak.core.CampaignId;
import io.sunchak.core.IssueOutcome;
import io.sunchak.core.IssueOutcome.NotOpen;
import io.sunchak.core.IssueOutcome.SoldOut;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LocalRefusalsTest {
  private static final long REDIS_NOW = 1_700_000_000_000L;
  private static final long SECOND = Duration.ofSeconds(1).toNanos();
  private static final long SENT = 5_000;

  private final Queue<Runnable> loading = new ArrayDeque<>();
  private @Nullable HolderFilter found = filterOf("holder");
  private int loads;
  private final LocalRefusals refusals =
      new LocalRefusals(
          new CampaignId("c"),
          campaign -> {
            loads++;
            return found;
          },
          new ByExecutor(loading::add));

  /** Nanoseconds may begin anywhere and run over. */
  @ParameterizedTest
  @ValueSource(longs = {0, SENT, Long.MAX_VALUE - 10, Long.MIN_VALUE, -1})
  void an_early_no_is_repeated_for_a_second_from_the_send(long sent) {
    NotOpen early = notOpenFor(Duration.ofHours(1));
    refusals.note(1, decided(1, early), sent);
    assertThat(refusals.answer("anybody", sent)).isEqualTo(early);
    assertThat(refusals.answer("anybody", sent + SECOND - 1)).isEqualTo(early);
    assertThat(refusals.answer("anybody", sent + SECOND)).isNull();
  }

  @ParameterizedTest
  @CsvSource({"1", "300", "999"})
  void an_early_no_is_never_repeated_past_the_opening(int millis) {
    refusals.note(1, decided(1, notOpenFor(Duration.ofMillis(millis))), SENT);
    long opening = SENT + Duration.ofMillis(millis).toNanos();
    assertThat(refusals.answer("anybody", opening - 1)).isInstanceOf(NotOpen.class);
    assertThat(refusals.answer("anybody", opening)).isNull();
  }

  @Test
  void sold_out_is_repeated_to_those_who_surely_hold_nothing() {
    refusals.note(1, decided(1, new SoldOut()), SENT);
    load();
    assertThat(refusals.answer("other", SENT + SECOND - 1)).isEqualTo(new SoldOut());
    assertThat(refusals.answer("holder", SENT + SECOND - 1)).isNull();
    assertThat(refusals.answer("other", SENT + SECOND)).isNull();
  }

  @Test
  void without_a_filter_nobody_is_told_sold_out() {
    refusals.note(1, decided(1, new SoldOut()), SENT);
    assertThat(refusals.answer("other", SENT)).isNull();
    found = null;
    load();
    assertThat(refusals.answer("other", SENT)).isNull();
  }

  @ParameterizedTest
  @CsvSource({"1, 2", "2, 1"})
  void a_filter_of_another_epoch_or_version_says_nothing(long epoch, long version) {
    refusals.note(1, decided(1, new SoldOut()), SENT);
    load();
    refusals.note(epoch, decided(version, new SoldOut()), SENT);
    assertThat(refusals.answer("other", SENT)).isNull();
    load();
    assertThat(refusals.answer("other", SENT)).isEqualTo(new SoldOut());
  }

  @Test
  void the_filter_is_loaded_once_while_epoch_and_version_stay() {
    for (int i = 0; i < 10; i++) {
      refusals.note(1, decided(1, new SoldOut()), SENT + i);
      load();
    }
    assertThat(loads).isOne();
    assertThat(refusals.answer("other", SENT + 9 + SECOND - 1)).isEqualTo(new SoldOut());
  }

  @Test
  void a_new_epoch_forgets_everything_and_a_filter_that_comes_late() {
    refusals.note(1, decided(1, notOpenFor(Duration.ofHours(1))), SENT);
    refusals.note(1, decided(1, new SoldOut()), SENT);
    refusals.forget();
    assertThat(refusals.answer("other", SENT)).isNull();
    load();
    assertThat(refusals.answer("other", SENT)).isNull();
  }

  static List<IssueOutcome> notRepeated() {
    return List.of(
        new IssueOutcome.Paused(),
        new IssueOutcome.Closed(),
        new IssueOutcome.Accepted(1, Instant.EPOCH),
        new IssueOutcome.AlreadyIssued(1),
        new IssueOutcome.Unavailable(IssueOutcome.Unavailable.Reason.BACKLOG_FULL));
  }

  @ParameterizedTest
  @MethodSource("notRepeated")
  void any_other_answer_is_redis_own_each_time(IssueOutcome outcome) {
    refusals.note(1, decided(1, outcome), SENT);
    load();
    assertThat(refusals.answer("other", SENT)).isNull();
    assertThat(loads).isZero();
  }

  private void load() {
    while (!loading.isEmpty()) {
      loading.remove().run();
    }
  }

  private static NotOpen notOpenFor(Duration left) {
    return new NotOpen(Instant.ofEpochMilli(REDIS_NOW).plus(left));
  }

  private static ReserveReply.Decided decided(long version, IssueOutcome... outcomes) {
    return new ReserveReply.Decided(version, REDIS_NOW, 0, 0, List.of(outcomes));
  }

  private static HolderFilter filterOf(String holder) {
    HolderFilter filter = new HolderFilter(1);
    filter.add(holder);
    return filter;
  }
}
