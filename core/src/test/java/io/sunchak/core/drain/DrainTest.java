package io.sunchak.core.drain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sunchak.core.Campaign;
import io.sunchak.core.CampaignId;
import io.sunchak.core.CampaignState;
import io.sunchak.core.Coupon;
import io.sunchak.core.IssueOutcome.Accepted;
import io.sunchak.core.loop.LoopListener;
import io.sunchak.core.testing.Agreement;
import io.sunchak.core.testing.Campaigns;
import io.sunchak.core.testing.InMemoryKeyspace;
import io.sunchak.core.testing.InMemoryLedger;
import io.sunchak.core.testing.Interference;
import io.sunchak.core.testing.ManualNode;
import io.sunchak.core.testing.SettableClock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class DrainTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final SettableClock clock = new SettableClock();
  private final InMemoryLedger ledger = new InMemoryLedger(clock);
  private final InMemoryKeyspace keyspace = new InMemoryKeyspace(clock);
  private final ManualNode node = new ManualNode(ledger, keyspace, clock);
  private final CountDownLatch goOn = new CountDownLatch(1);
  private final Drain drain =
      new Drain(node.drainPorts(), DrainListener.NONE, clock, LoopListener.NONE);

  @AfterEach
  void stop() throws InterruptedException {
    goOn.countDown();
    interfere(Interference.NONE);
    drain.stop(PATIENCE);
  }

  @Test
  void every_campaign_is_drained_also_one_that_is_created_later() {
    CampaignId first = created();
    CampaignId second = created();
    given(first, "a", "b");
    given(second, "c");
    drain.start();
    soon().until(() -> cursor(first) == 2 && cursor(second) == 1);
    CampaignId later = created();
    given(later, "d");
    soon().until(() -> cursor(later) == 1);
  }

  @Test
  void a_ledger_that_was_away_at_the_listing_is_asked_again() {
    CampaignId id = created();
    given(id, "a");
    CountDownLatch asked = new CountDownLatch(1);
    ledger.reach().interfere(step -> asked.countDown());
    ledger.reach().away(true);
    drain.start();
    soon().until(() -> asked.getCount() == 0);
    ledger.reach().away(false);
    soon().until(() -> cursor(id) == 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"page", "head"})
  void a_defect_ends_neither_the_listing_nor_a_campaigns_drain(String call) {
    CampaignId id = created();
    given(id, "a");
    AtomicInteger left = new AtomicInteger(2);
    ledger
        .reach()
        .interfere(step -> {
          if (step.call().equals(call) && !step.done() && left.getAndDecrement() > 0) {
            throw new AssertionError("a defect");
          }
        });
    drain.start();
    soon().until(() -> cursor(id) == 1);
  }

  @Test
  void a_listener_that_throws_at_everything_stops_no_drain() throws InterruptedException {
    CampaignId id = created();
    Drain deaf = new Drain(node.drainPorts(), throwing(), clock, LoopListener.NONE);
    deaf.start();
    for (int i = 1; i <= 10; i++) {
      int cursor = i;
      given(id, "u-" + i);
      soon().until(() -> cursor(id) == cursor);
    }
    assertThat(deaf.stop(PATIENCE)).isTrue();
  }

  private static DrainListener throwing() {
    return new DrainListener() {
      @Override
      public void onBatch(CampaignId campaign, int rows, long nanos, double lagSeconds) {
        throw new IllegalStateException("a defect in onBatch");
      }

      @Override
      public void onDrained(CampaignId campaign, long cursor) {
        throw new IllegalStateException("a defect in onDrained");
      }

      @Override
      public void onBacklog(CampaignId campaign, long backlog) {
        throw new IllegalStateException("a defect in onBacklog");
      }

      @Override
      public void onError(CampaignId campaign, RuntimeException error) {
        throw new IllegalStateException("a defect in onError");
      }
    };
  }

  @Test
  void two_nodes_that_drain_at_once_write_each_coupon_once() throws InterruptedException {
    CampaignId id = created();
    Drain second =
        new Drain(
            new ManualNode(ledger, keyspace, clock).drainPorts(),
            DrainListener.NONE,
            clock,
            LoopListener.NONE);
    drain.start();
    second.start();
    for (int i = 1; i <= 500; i++) {
      given(id, "u-" + i);
      drain.wake(id);
      second.wake(id);
    }
    soon().until(() -> keyspace.logged(id).isEmpty() && cursor(id) == 500);
    assertThat(second.stop(PATIENCE)).isTrue();
    assertThat(Agreement.disagreements(keyspace, ledger.stored(id))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"ACTIVE", "CLOSED"})
  void a_campaign_that_the_ledger_lacked_for_a_while_is_drained_again(CampaignState state)
      throws InterruptedException {
    InMemoryLedger.Snapshot lacking = ledger.snapshot();
    CampaignId id = created();
    ledger.change(1, ledger.find(id).orElseThrow().withState(state));
    given(id, "a");
    InMemoryLedger.Snapshot having = ledger.snapshot();
    InMemoryKeyspace.Snapshot keys = keyspace.snapshot();
    drain.start();
    soon().until(() -> cursor(id) == 1);
    ledger.restore(lacking);
    CountDownLatch lacks = afterOneHead();
    keyspace.wipe();
    assertThat(lacks.await(30, TimeUnit.SECONDS)).isTrue();
    ledger.restore(having);
    keyspace.restore(keys);
    soon().until(() -> cursor(id) == 1);
  }

  private CountDownLatch afterOneHead() {
    CountDownLatch read = new CountDownLatch(1);
    ledger
        .reach()
        .interfere(step -> {
          if (step.call().equals("head") && step.done()) {
            read.countDown();
          }
        });
    return read;
  }

  @Test
  void a_settled_campaign_that_is_open_again_in_an_older_ledger_is_drained_again() {
    Campaign campaign = Campaigns.open(10);
    ledger.create(campaign);
    CampaignId id = campaign.id();
    node.serve(id);
    InMemoryLedger.Snapshot backup = ledger.snapshot();
    ledger.change(1, campaign.withState(CampaignState.CLOSED));
    AtomicInteger passes = wakingAtEachRead(id);
    drain.start();
    soon().until(() -> passes.get() >= 320);
    keyspace.reach().interfere(Interference.NONE);
    ledger.restore(backup);
    given(id, "a");
    soon().until(() -> cursor(id) == 1);
  }

  @Test
  void a_closed_campaign_whose_drain_has_ended_is_drained_again_when_woken() {
    Campaign campaign = Campaigns.open(10);
    ledger.create(campaign);
    CampaignId id = campaign.id();
    node.serve(id);
    // Redis has not been told of it: somebody may still be accepted.
    ledger.change(1, campaign.withState(CampaignState.CLOSED));
    AtomicInteger passes = wakingAtEachRead(id);
    drain.start();
    soon().until(() -> passes.get() >= 320);
    keyspace.reach().interfere(Interference.NONE);
    given(id, "late");
    soon()
        .until(() -> {
          drain.wake(id);
          return cursor(id) == 1;
        });
  }

  @Test
  void a_drain_that_stopped_at_too_many_bad_rows_goes_on_at_once_when_it_is_told_to()
      throws InterruptedException {
    CampaignId id = created();
    ledger.poison(row -> row.user().startsWith("bad"));
    for (int i = 1; i <= 15; i++) {
      given(id, "bad-" + i);
    }
    given(id, "good");
    CountDownLatch stopped = new CountDownLatch(1);
    Drain told = new Drain(node.drainPorts(), onStopped(stopped), clock, LoopListener.NONE);
    told.start();
    soon().until(() -> stopped.getCount() == 0);
    assertThat(cursor(id)).as("ten failures are kept").isEqualTo(10);
    told.resume(id);
    // Its own next try would be ten seconds away.
    await().atMost(Duration.ofSeconds(5)).until(() -> cursor(id) == 16);
    assertThat(ledger.stored(id).rows()).extracting(Coupon::user).containsExactly("good");
    told.stop(PATIENCE);
  }

  private static DrainListener onStopped(CountDownLatch stopped) {
    return new DrainListener() {
      @Override
      public void onStopped(CampaignId campaign, String reason) {
        stopped.countDown();
      }
    };
  }

  @Test
  void a_stop_ends_every_loop() throws InterruptedException {
    CampaignId id = created();
    given(id, "a");
    drain.start();
    soon().until(() -> cursor(id) == 1);
    assertThat(drain.stop(PATIENCE)).isTrue();
    AtomicInteger calls = new AtomicInteger();
    interfere(step -> calls.incrementAndGet());
    drain.wake(id);
    assertThat(drain.stop(PATIENCE)).isTrue();
    assertThat(calls).hasValue(0);
  }

  @Test
  void a_stop_before_the_start_has_nothing_to_end() throws InterruptedException {
    assertThat(drain.stop(PATIENCE)).isTrue();
  }

  @Test
  void a_stop_lets_the_pass_in_work_come_to_its_end() throws InterruptedException {
    CampaignId id = created();
    CountDownLatch inWork = stuckAtAppend();
    given(id, "a");
    drain.start();
    assertThat(inWork.await(30, TimeUnit.SECONDS)).isTrue();
    Thread.ofVirtual().start(goOn::countDown);
    assertThat(drain.stop(PATIENCE)).isTrue();
    assertThat(cursor(id)).isEqualTo(1);
  }

  @Test
  void a_pass_that_does_not_end_in_time_is_interrupted_and_told_of() throws InterruptedException {
    CampaignId id = created();
    CountDownLatch inWork = stuckAtAppend();
    given(id, "a");
    drain.start();
    assertThat(inWork.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(drain.stop(Duration.ofMillis(10))).isFalse();
    assertThat(drain.stop(PATIENCE)).as("the interrupt was heard").isTrue();
    assertThat(cursor(id)).isZero();
  }

  /** Each append waits until {@link #goOn} or an interrupt. */
  private CountDownLatch stuckAtAppend() {
    CountDownLatch inWork = new CountDownLatch(1);
    ledger
        .reach()
        .interfere(step -> {
          if (step.call().equals("append") && !step.done()) {
            inWork.countDown();
            try {
              goOn.await();
            } catch (InterruptedException stop) {
              Thread.currentThread().interrupt();
              throw new IllegalStateException("interrupted", stop);
            }
          }
        });
    return inWork;
  }

  private AtomicInteger wakingAtEachRead(CampaignId id) {
    AtomicInteger passes = new AtomicInteger();
    keyspace
        .reach()
        .interfere(step -> {
          if (step.call().equals("read") && !step.done()) {
            passes.incrementAndGet();
            drain.wake(id);
          }
        });
    return passes;
  }

  private CampaignId created() {
    Campaign campaign = Campaigns.open(1_000);
    ledger.create(campaign);
    node.serve(campaign.id());
    return campaign.id();
  }

  private void given(CampaignId id, String... users) {
    for (String user : users) {
      assertThat(node.issue(id, user).join()).isInstanceOf(Accepted.class);
    }
  }

  private long cursor(CampaignId id) {
    return ledger.counts(id).cursor();
  }

  private void interfere(Interference with) {
    ledger.reach().interfere(with);
    keyspace.reach().interfere(with);
  }

  private static ConditionFactory soon() {
    return await().atMost(PATIENCE).pollInterval(Duration.ofMillis(5));
  }
}
