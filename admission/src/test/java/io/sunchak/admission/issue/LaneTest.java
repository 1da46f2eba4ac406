package io.sunchak.admission.issue;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisCommandTimeoutException;
import io.sunchak.admission.link.Link;
import io.sunchak.core.CampaignId;
import io.sunchak.core.Holding;
import io.sunchak.core.IssueOutcome;
import io.sunchak.core.IssueOutcome.CampaignNotFound;
import io.sunchak.core.IssueOutcome.Unavailable;
import io.sunchak.core.IssueOutcome.Unavailable.Reason;
import io.sunchak.core.IssueRequest;
import io.sunchak.core.Reservation;
import io.sunchak.core.UserId;
import io.sunchak.core.gate.CheckRequests;
import io.sunchak.core.gate.Lease;
import io.sunchak.core.log.Disagreement;
import io.sunchak.core.loop.LoopListener;
import io.sunchak.core.promise.PromiseBook;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a lane does before it has ever been opened, and with replies that no Redis gives; the rest
 * needs a Redis.
 */
final class LaneTest {
  private static final CampaignId CAMPAIGN = new CampaignId("c");
  private static final Duration HOURS = Duration.ofHours(2);

  private final List<CampaignId> asked = new ArrayList<>();
  private final List<String> surprises = new ArrayList<>();
  private final List<Lane> swept = new ArrayList<>();
  private final Lane lane = lane();

  private static IssueRequest asks(String user) {
    return new IssueRequest(CAMPAIGN, new UserId(user));
  }

  private Lane lane() {
    return new Lane(
        CAMPAIGN,
        new Unconnected(),
        new LocalRefusals(CAMPAIGN, id -> null, new ByExecutor(Runnable::run)));
  }

  @Test
  void a_request_for_a_campaign_that_nobody_has_looked_at_waits_and_asks_for_a_look() {
    assertThat(lane.offer(asks("ann"))).isNotNull().isNotDone();
    assertThat(asked).containsExactly(CAMPAIGN);
  }

  @Test
  void one_check_is_asked_for_all_who_wait_and_another_in_case_the_first_was_dropped() {
    assertThat(lane.offer(asks("ann"))).isNotDone();
    assertThat(lane.offer(asks("bob"))).isNotDone();
    assertThat(asked).hasSize(1);

    lane.sweep(System.nanoTime());
    assertThat(lane.offer(asks("cyd"))).isNotDone();
    assertThat(asked).hasSize(2);
  }

  @Test
  void a_lane_is_swept_only_while_somebody_waits_in_it() {
    assertThat(lane.offer(asks("ann"))).isNotDone();
    assertThat(lane.offer(asks("bob"))).isNotDone();
    assertThat(swept).containsExactly(lane);

    assertThat(lane.sweep(System.nanoTime())).isFalse();
    assertThat(lane.sweep(System.nanoTime() + HOURS.toNanos())).isTrue();
    assertThat(lane.offer(asks("cyd"))).isNotDone();
    assertThat(swept).containsExactly(lane, lane);
  }

  @Test
  void an_absent_campaign_is_told_so_until_its_second_is_over() {
    lane.absent(System.nanoTime() + HOURS.toNanos());

    assertThat(lane.offer(asks("ann"))).isCompletedWithValue(new CampaignNotFound());
  }

  @Test
  void an_archived_campaign_is_not_asked_about_and_its_lane_retires() {
    Pending early = lane.offer(asks("ann"));
    lane.archived();
    assertThat(early).isCompletedWithValue(new IssueOutcome.Archived());
    assertThat(lane.offer(asks("bob"))).isCompletedWithValue(new IssueOutcome.Archived());
    assertThat(lane.retire(System.nanoTime() + HOURS.toNanos(), 1)).isTrue();
  }

  @Test
  void a_lane_of_a_campaign_that_is_none_or_is_over_retires_once_nobody_asks() {
    lane.absent(System.nanoTime() - 1);
    assertThat(lane.retire(System.nanoTime(), HOURS.toNanos())).as("asked for lately").isFalse();
    assertThat(lane.retire(System.nanoTime() + HOURS.toNanos(), 1)).isTrue();
    assertThat(lane.offer(asks("ann"))).isNull();

    Lane over = lane();
    assertThat(over.retire(System.nanoTime() + HOURS.toNanos(), 1)).as("lives").isFalse();
    over.over();
    assertThat(over.retire(System.nanoTime() + HOURS.toNanos(), 1)).isTrue();
    assertThat(over.open(new Lease(CAMPAIGN, "ledger", 1, 1, null), 1)).isFalse();
  }

  @Test
  void a_lane_with_somebody_in_it_does_not_retire() {
    lane.absent(System.nanoTime() - 1);
    assertThat(lane.offer(asks("ann"))).isNotNull().isNotDone();

    assertThat(lane.retire(System.nanoTime() + HOURS.toNanos(), 1)).isFalse();
  }

  @Test
  void on_a_new_connection_a_request_waits_for_a_check_and_is_not_refused() {
    lane.shut();
    assertThat(lane.offer(asks("ann"))).isDone();

    lane.renew();
    assertThat(lane.offer(asks("bob"))).isNotDone();
    assertThat(asked).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "OK 1 5 0 0",
        "OK 1 5 0 0 +",
        "OK 1 5 0 0 + + +",
        "OK 1 5 0 0 + 7x",
        "OK 1 5 0 0 + GRANTED",
        "OK one 5 0 0 + +",
        "what is this",
        ""
      })
  void a_reply_that_does_not_fit_its_group_leaves_it_unknown_and_the_next_one_goes_on(
      String reply) {
    Scripted redis = new Scripted();
    Lane scripted = redis.opened();
    Pending first = scripted.offer(asks("ann"));
    redis.answer("OK 1 5 0 0 +");
    Pending ben = scripted.offer(asks("ben")); // each alone in flight: the next two gather
    Pending bob = scripted.offer(asks("bob"));
    Pending cat = scripted.offer(asks("cat"));
    Pending dan = scripted.offer(asks("dan"));
    redis.answer("OK 1 5 0 1 +");
    redis.answer("OK 1 5 0 2 +");
    assertThat(List.of(first, ben, bob)).allMatch(Pending::isDone);

    redis.answer(reply);

    assertThat(cat).isCompletedWithValue(new IssueOutcome.Unknown());
    assertThat(dan).isCompletedWithValue(new IssueOutcome.Unknown());
    assertThat(scripted.offer(asks("eve")))
        .as("nobody is served before the campaign is checked")
        .isCompletedWithValue(new IssueOutcome.Unavailable(Reason.REDIS_DOWN));
    assertThat(asked).containsExactly(CAMPAIGN);
    redis.open(scripted);
    Pending next = scripted.offer(asks("fay"));
    redis.answer("OK 1 5 0 4 +");
    assertThat(next).isCompletedWithValue(accepted(5));
  }

  @Test
  void a_listener_that_throws_keeps_nobody_from_the_answer() {
    Scripted redis = new Scripted();
    Lane scripted = redis.opened();
    redis.listener =
        campaign -> {
          throw new AssertionError("a defect in the listener");
        };
    for (int i = 1; i <= 3; i++) {
      Pending request = scripted.offer(asks("u-" + i));
      redis.answer("OK 1 5 0 %d +".formatted(i - 1));
      assertThat(request).isCompletedWithValue(accepted(i));
    }
    assertThat(surprises)
        .containsExactly("admission-listener", "admission-listener", "admission-listener");
  }

  @Test
  void a_request_for_a_check_that_throws_keeps_nobody_from_the_answer() {
    Scripted redis = new Scripted();
    Lane scripted = redis.opened();
    redis.checks =
        (campaign, why) -> {
          throw new AssertionError("a defect in the servingLoop");
        };
    Pending request = scripted.offer(asks("ann"));
    redis.answer("what is this");
    assertThat(request).isCompletedWithValue(new IssueOutcome.Unknown());
    redis.open(scripted);
    Pending next = scripted.offer(asks("ben"));
    redis.answer("OK 1 5 0 0 +");
    assertThat(next).isCompletedWithValue(accepted(1));
  }

  @Test
  void a_defect_while_a_group_is_sent_leaves_it_unknown_and_the_next_one_goes_on() {
    Scripted redis = new Scripted();
    Lane scripted = redis.opened();
    redis.defect = new AssertionError("a defect in the script's call");
    assertThat(scripted.offer(asks("ann"))).isCompletedWithValue(new IssueOutcome.Unknown());
    redis.defect = null;
    redis.open(scripted);
    Pending next = scripted.offer(asks("ben"));
    redis.answer("OK 1 5 0 0 +");
    assertThat(next).isCompletedWithValue(accepted(1));
  }

  @Test
  void a_group_without_an_answer_is_unknown_and_the_yes_of_the_one_behind_it_is_told() {
    Scripted redis = new Scripted();
    Lane scripted = redis.opened();
    Pending ann = scripted.offer(asks("ann"));
    Pending ben = scripted.offer(asks("ben"));
    Pending cat = scripted.offer(asks("cat"));
    redis.calls.remove().completeExceptionally(new RedisCommandTimeoutException());
    assertThat(ann).isCompletedWithValue(new IssueOutcome.Unknown());
    assertThat(cat).as("not sent").isCompletedWithValue(new Unavailable(Reason.REDIS_DOWN));
    assertThat(ben).isNotDone();
    redis.answer("OK 1 5 0 1 +");
    assertThat(ben).isCompletedWithValue(accepted(2));
    assertThat(redis.promises.all(CAMPAIGN)).extracting(Reservation::user).containsExactly("ben");
  }

  @Test
  void a_group_behind_one_that_the_script_refused_is_answered_by_its_own_reply() {
    Scripted redis = new Scripted();
    Lane scripted = redis.opened();
    Pending ann = scripted.offer(asks("ann"));
    Pending ben = scripted.offer(asks("ben"));
    redis.answer("REBUILDING");
    redis.answer("EPOCH");
    assertThat(ann).isCompletedWithValue(new Unavailable(Reason.REBUILDING));
    assertThat(ben).isCompletedWithValue(new Unavailable(Reason.REBUILDING));
    assertThat(asked).containsExactly(CAMPAIGN, CAMPAIGN);
  }

  @Test
  void a_redis_that_lost_numbers_between_two_groups_is_not_believed() {
    Scripted redis = new Scripted();
    Lane scripted = redis.opened();
    Pending ann = scripted.offer(asks("ann"));
    Pending ben = scripted.offer(asks("ben"));
    redis.answer("OK 1 5 0 7 +");
    redis.answer("OK 1 5 0 3 +");
    assertThat(ann).isCompletedWithValue(accepted(8));
    assertThat(ben).isCompletedWithValue(new IssueOutcome.Unknown());
    assertThat(redis.promises.all(CAMPAIGN)).extracting(Reservation::user).containsExactly("ann");
    assertThat(scripted.offer(asks("cat"))).isDone();
    assertThat(asked).containsExactly(CAMPAIGN);
  }

  @Test
  void a_reply_under_a_newer_config_than_the_lanes_asks_for_a_check() {
    Scripted redis = new Scripted();
    Lane scripted = redis.opened();
    Pending ann = scripted.offer(asks("ann"));
    redis.answer("OK 1 5 0 0 +");
    assertThat(asked).isEmpty();
    Pending ben = scripted.offer(asks("ben"));
    redis.answer("OK 2 5 0 1 +");
    assertThat(List.of(ann, ben)).allMatch(Pending::isDone);
    assertThat(asked).containsExactly(CAMPAIGN);
  }

  private static IssueOutcome accepted(long sequence) {
    return new IssueOutcome.Accepted(sequence, Instant.ofEpochMilli(5));
  }

  /** A Redis that says what the test says. */
  private final class Scripted extends Unconnected {
    @SuppressWarnings("NullAway") // no command goes through it
    private final Link.Established on = new Link.Established(1, null, null, new CountDownLatch(1));

    private final ArrayDeque<CompletableFuture<String>> calls = new ArrayDeque<>();
    private AdmissionListener listener = campaign -> {};
    private CheckRequests checks = super::check;
    private @Nullable Error defect;

    Lane opened() {
      Lane made =
          new Lane(
              CAMPAIGN,
              this,
              new LocalRefusals(CAMPAIGN, id -> null, new ByExecutor(Runnable::run)));
      open(made);
      return made;
    }

    void open(Lane shut) {
      shut.open(new Lease(CAMPAIGN, "ledger", 1, 1, null), on.number());
    }

    void answer(String reply) {
      calls.remove().complete(reply);
    }

    @Override
    public CompletionStage<String> reserve(
        Link.Established established, Lease lease, @Nullable Holding witness, List<Pending> users) {
      if (defect != null) {
        throw defect;
      }
      CompletableFuture<String> call = new CompletableFuture<>();
      calls.add(call);
      return call;
    }

    @Override
    public Link.Established established() {
      return on;
    }

    @Override
    public void check(CampaignId campaign, @Nullable Disagreement why) {
      checks.checkNow(campaign, why);
    }

    @Override
    public AdmissionListener listener() {
      return listener;
    }
  }

  private class Unconnected implements LaneHost {
    final PromiseBook promises = new PromiseBook(10);

    @Override
    public Bounds bounds() {
      return new Bounds(10, Duration.ofHours(1), 2);
    }

    @Override
    public long nanoTime() {
      return System.nanoTime();
    }

    @Override
    public boolean connected() {
      return false;
    }

    @Override
    public Link.@Nullable Established established() {
      return null;
    }

    @Override
    public CompletionStage<String> reserve(
        Link.Established on, Lease lease, @Nullable Holding witness, List<Pending> users) {
      return CompletableFuture.failedFuture(new IllegalStateException("nothing can be sent"));
    }

    @Override
    public void check(CampaignId campaign, @Nullable Disagreement why) {
      asked.add(campaign);
    }

    @Override
    public void waits(Lane waiting) {
      swept.add(waiting);
    }

    @Override
    public AdmissionListener listener() {
      return campaign -> {};
    }

    @Override
    public LoopListener surprises() {
      return (loop, surprise) -> surprises.add(loop);
    }

    @Override
    public PromiseBook promises() {
      return promises;
    }

    @Override
    public Reason shutReason() {
      return Reason.REDIS_DOWN;
    }
  }
}
