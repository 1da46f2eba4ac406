package io.sunchak.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.sunchak.core.CampaignId;
import io.sunchak.core.IssueOutcome.CampaignNotFound;
import io.sunchak.core.IssueOutcome.Unavailable;
import io.sunchak.core.IssueOutcome.Unavailable.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What anybody may name, and what it costs. */
final class DoorstepTest {
  private static final CampaignId ONE = new CampaignId("one");
  private static final long PATIENCE = Duration.ofSeconds(2).toNanos();
  private static final Unavailable LATE = new Unavailable(Reason.OVERLOADED);

  private final List<CampaignId> asked = new ArrayList<>();
  private final Doorstep doorstep = new Doorstep(asked::add);

  @Test
  void who_waits_for_one_campaign_asks_once() {
    assertThat(doorstep.offer(ONE, "ann")).isNotDone();
    assertThat(doorstep.offer(ONE, "bob")).isNotDone();
    assertThat(asked).containsExactly(ONE);
  }

  @Test
  void when_there_is_no_such_campaign_all_are_told_and_nobody_asks_for_a_second() {
    Pending ann = doorstep.offer(ONE, "ann");
    doorstep.absent(ONE);
    assertThat(ann).isCompletedWithValue(new CampaignNotFound());
    assertThat(doorstep.offer(ONE, "bob")).isCompletedWithValue(new CampaignNotFound());
    assertThat(asked).hasSize(1);
    assertThat(doorstep.names()).isZero();
  }

  @Test
  void when_there_is_one_who_waits_is_handed_over_in_order_of_arrival() {
    Pending ann = doorstep.offer(ONE, "ann");
    Pending bob = doorstep.offer(ONE, "bob");
    assertThat(doorstep.leave(ONE)).containsExactly(ann, bob);
    assertThat(doorstep.leave(ONE)).isEmpty();
  }

  @Test
  void names_and_requests_are_bounded_and_a_name_that_waits_already_is_still_taken() {
    offer(ONE, "ann");
    IntStream.range(0, 5_000).forEach(i -> offer(new CampaignId("c-" + i), "ann"));
    assertThat(doorstep.names()).isEqualTo(1_024);
    assertThat(doorstep.offer(new CampaignId("another"), "ann")).isCompletedWithValue(LATE);

    IntStream.range(0, 5_000).forEach(i -> offer(ONE, "u-" + i));
    assertThat(doorstep.offer(ONE, "late")).isCompletedWithValue(LATE);
    assertThat(doorstep.leave(ONE)).hasSize(1_024);
  }

  @Test
  void who_waited_too_long_is_told_and_for_the_others_is_asked_again() {
    Pending early = doorstep.offer(ONE, "ann");
    long later = early.since + PATIENCE + 1;
    doorstep.sweep(early.since + PATIENCE, PATIENCE, LATE);
    assertThat(early).isNotDone();
    Pending second = doorstep.offer(ONE, "bob");
    doorstep.sweep(later, PATIENCE, LATE);
    assertThat(early).isCompletedWithValue(LATE);
    assertThat(second).isNotDone();
    assertThat(asked).containsExactly(ONE, ONE);
    doorstep.sweep(second.since + PATIENCE + 1, PATIENCE, LATE);
    assertThat(second).isCompletedWithValue(LATE);
    assertThat(doorstep.names()).isZero();
  }

  private void offer(CampaignId campaign, String user) {
    var _ = doorstep.offer(campaign, user);
  }
}
