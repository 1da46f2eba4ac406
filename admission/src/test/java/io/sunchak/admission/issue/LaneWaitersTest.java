package io.sunchak.admission.issue;

import static org.assertj.core.api.Assertions.assertThat;

import io.sunchak.core.CampaignId;
import io.sunchak.core.IssueOutcome.CampaignNotFound;
import io.sunchak.core.IssueOutcome.Unavailable;
import io.sunchak.core.IssueOutcome.Unavailable.Reason;
import io.sunchak.core.IssueRequest;
import io.sunchak.core.UserId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What anybody may name, and what it costs. */
final class LaneWaitersTest {
  private static final CampaignId ONE = new CampaignId("one");
  private static final long PATIENCE = Duration.ofSeconds(2).toNanos();
  private static final Unavailable LATE = new Unavailable(Reason.OVERLOADED);

  private final List<CampaignId> asked = new ArrayList<>();
  private final LaneWaiters laneWaiters = new LaneWaiters(asked::add, System::nanoTime);

  @Test
  void who_waits_for_one_campaign_asks_once() {
    assertThat(laneWaiters.offer(new IssueRequest(ONE, new UserId("ann")))).isNotDone();
    assertThat(laneWaiters.offer(new IssueRequest(ONE, new UserId("bob")))).isNotDone();
    assertThat(asked).containsExactly(ONE);
  }

  @Test
  void when_there_is_no_such_campaign_all_are_told_and_nobody_asks_for_a_second() {
    Pending ann = laneWaiters.offer(new IssueRequest(ONE, new UserId("ann")));
    laneWaiters.markAbsent(ONE);
    assertThat(ann).isCompletedWithValue(new CampaignNotFound());
    assertThat(laneWaiters.offer(new IssueRequest(ONE, new UserId("bob"))))
        .isCompletedWithValue(new CampaignNotFound());
    assertThat(asked).hasSize(1);
    assertThat(laneWaiters.names()).isZero();
  }

  @Test
  void when_there_is_one_who_waits_is_handed_over_in_order_of_arrival() {
    Pending ann = laneWaiters.offer(new IssueRequest(ONE, new UserId("ann")));
    Pending bob = laneWaiters.offer(new IssueRequest(ONE, new UserId("bob")));
    assertThat(laneWaiters.takeOut(ONE)).containsExactly(ann, bob);
    assertThat(laneWaiters.takeOut(ONE)).isEmpty();
  }

  @Test
  void names_and_requests_are_bounded_and_a_name_that_waits_already_is_still_taken() {
    offer(ONE, "ann");
    IntStream.range(0, 5_000).forEach(i -> offer(new CampaignId("c-" + i), "ann"));
    assertThat(laneWaiters.names()).isEqualTo(1_024);
    assertThat(laneWaiters.offer(new IssueRequest(new CampaignId("another"), new UserId("ann"))))
        .isCompletedWithValue(LATE);

    IntStream.range(0, 5_000).forEach(i -> offer(ONE, "u-" + i));
    assertThat(laneWaiters.offer(new IssueRequest(ONE, new UserId("late"))))
        .isCompletedWithValue(LATE);
    assertThat(laneWaiters.takeOut(ONE)).hasSize(1_024);
  }

  @Test
  void who_waited_too_long_is_told_and_for_the_others_is_asked_again() {
    Pending early = laneWaiters.offer(new IssueRequest(ONE, new UserId("ann")));
    long later = early.since + PATIENCE + 1;
    laneWaiters.sweep(early.since + PATIENCE, PATIENCE, LATE);
    assertThat(early).isNotDone();
    Pending second = laneWaiters.offer(new IssueRequest(ONE, new UserId("bob")));
    laneWaiters.sweep(later, PATIENCE, LATE);
    assertThat(early).isCompletedWithValue(LATE);
    assertThat(second).isNotDone();
    assertThat(asked).containsExactly(ONE, ONE);
    laneWaiters.sweep(second.since + PATIENCE + 1, PATIENCE, LATE);
    assertThat(second).isCompletedWithValue(LATE);
    assertThat(laneWaiters.names()).isZero();
  }

  private void offer(CampaignId campaign, String user) {
    var _ = laneWaiters.offer(new IssueRequest(campaign, new UserId(user)));
  }
}
