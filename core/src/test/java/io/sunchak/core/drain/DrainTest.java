package io.sunchak.core.drain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sunchak.core.Campaign;
import io.sunchak.core.CampaignId;
import io.sunchak.core.CampaignState;
import io.sunchak.core.Coupon;
import io.sunchak.core.IssueOutcome.Accepted;
import io.sunchak.core.Stock;
import io.sunchak.core.loop.LoopListener;
import io.sunchak.core.testing.Agreement;
import io.sunchak.core.testing.Campaigns;
import io.sunchak.core.testing.InMemoryKeyspace;
import io.sunchak.core.testing.InMemoryLedger;
import io.sunchak.core.testing.Interference;
import io.sunchak.core.testing.ManualNode;
import io.sunchak.core.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
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
      new Drain(node.drainPorts(), keyspace, DrainListener.NONE, clock, LoopListener.NONE);

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
    Drain deaf = new Drain(node.drainPorts(), keyspace, throwing(), clock, LoopListener.NONE);
    deaf.start();
    for (int i = 1; i <= 10; i++) {
      int cursor = i;
      given(id, "u-" + i);
      deaf.wake(id);
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
      public void onBacklog(CampaignId campaign, long backlog, @Nullable Instant oldest) {
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
            keyspace,
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
    keyspace.wipe();
    awaitLooks(2);
    ledger.restore(having);
    keyspace.restore(keys);
    soon().until(() -> cursor(id) == 1);
  }

  @Test
  void an_idle_campaign_costs_its_share_of_a_look_and_nothing_else() {
    CampaignId busy = created();
    IntStream.range(0, 20).forEach(i -> created());
    Map<String, Integer> calls = new ConcurrentHashMap<>();
    interfere(step -> {
      if (!step.done()) {
        calls.merge(step.call(), 1, Integer::sum);
      }
    });
    drain.start();
    soon().until(() -> calls.getOrDefault("heads", 0) >= 3);
    assertThat(calls.keySet()).containsExactlyInAnyOrder("living", "heads");
    given(busy, "a");
    soon().until(() -> ledger.stored(busy).rows().size() == 1);
    int looks = calls.getOrDefault("heads", 0);
    soon().until(() -> calls.getOrDefault("heads", 0) > looks + 1);
    assertThat(calls.getOrDefault("read", 0)).isBetween(1, 8);
  }

  @Test
  void what_another_node_left_is_found_by_the_look_the_busiest_first() {
    CampaignId one = created();
    CampaignId most = created();
    given(one, "a");
    given(most, "a", "b", "c");
    BacklogLook look = new BacklogLook(ledger, keyspace, (campaign, why) -> {});
    assertThat(look.next(id -> false)).containsExactly(most, one);
  }

  @Test
  void a_log_that_a_dead_node_left_untrimmed_is_found_by_the_look() {
    CampaignId id = created();
    given(id, "a", "b");
    DrainPass dead =
        new DrainPass(node.drainPorts(), DrainListener.NONE, clock); // ends behind its commit
    assertThat(dead.runOnce(id)).isInstanceOf(PassResult.Moved.class);
    BacklogLook look = new BacklogLook(ledger, keyspace, (campaign, why) -> {});
    assertThat(look.next(campaign -> false)).containsExactly(id);

    drain.start();
    soon().until(() -> look.next(campaign -> false).isEmpty());
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
    Drain told =
        new Drain(node.drainPorts(), keyspace, onStopped(stopped), clock, LoopListener.NONE);
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
  void what_does_not_fit_together_is_shown_to_the_serving_loop() {
    List<CampaignId> torn = Stream.generate(this::created).limit(4).toList();
    CampaignId whole = created();
    keyspace.delete(torn.get(0), InMemoryKeyspace.Key.META);
    given(torn.get(1), "a");
    keyspace.delete(torn.get(1), InMemoryKeyspace.Key.ISSUED);
    ledger.begin(torn.get(2), 0);
    keyspace.fence(torn.get(3), "ledger", 9);
    List<CampaignId> shown = new ArrayList<>();
    new BacklogLook(ledger, keyspace, (campaign, why) -> shown.add(campaign)).next(id -> false);
    assertThat(shown).containsExactlyInAnyOrderElementsOf(torn).doesNotContain(whole);
  }

  @Test
  void a_campaign_that_is_closed_and_drained_lives_no_longer_until_it_is_changed() {
    CampaignId id = created();
    given(id, "a");
    Campaign closed = closed(id);
    drain.start();
    soon().until(() -> ledger.living(null, 10).isEmpty());
    assertThat(cursor(id)).isEqualTo(1);
    ledger.change(closed.version(), closed);
    assertThat(ledger.living(null, 10)).hasSize(1);
  }

  @Test
  void a_campaign_whose_window_is_over_by_redis_clock_lives_no_longer() {
    Campaign ended = Campaigns.in(Campaigns.ENDED, Stock.of(10));
    ledger.create(ended);
    node.serve(ended.id());
    drain.start();
    soon().until(() -> ledger.living(null, 10).isEmpty());
  }

  @Test
  void a_close_of_which_redis_has_not_been_told_ends_nothing() {
    CampaignId id = created();
    ledger.change(1, ledger.find(id).orElseThrow().withState(CampaignState.CLOSED));
    drain.start();
    awaitLooks(2);
    given(id, "late");
    soon().until(() -> cursor(id) == 1);
    assertThat(ledger.living(null, 10)).hasSize(1);
  }

  @Test
  void a_campaign_that_was_over_and_is_open_again_in_an_older_ledger_is_drained_again() {
    CampaignId id = created();
    InMemoryLedger.Snapshot backup = ledger.snapshot();
    InMemoryKeyspace.Snapshot keys = keyspace.snapshot();
    closed(id);
    drain.start();
    soon().until(() -> ledger.living(null, 10).isEmpty());
    ledger.restore(backup);
    keyspace.restore(keys);
    node.serve(id);
    given(id, "a");
    soon().until(() -> cursor(id) == 1);
  }

  /** Ledger and Redis both. */
  private Campaign closed(CampaignId id) {
    Campaign before = ledger.find(id).orElseThrow();
    ledger.change(before.version(), before.withState(CampaignState.CLOSED));
    node.serve(id);
    return ledger.find(id).orElseThrow();
  }

  private void awaitLooks(int count) {
    AtomicInteger looks = new AtomicInteger();
    ledger
        .reach()
        .interfere(step -> {
          if (step.call().equals("living") && step.done()) {
            looks.incrementAndGet();
          }
        });
    soon().until(() -> looks.get() >= count);
    ledger.reach().interfere(Interference.NONE);
  }

  @Test
  void before_its_start_it_drains_nothing_also_when_it_is_woken() throws InterruptedException {
    CampaignId id = created();
    given(id, "a");
    AtomicInteger calls = new AtomicInteger();
    interfere(step -> calls.incrementAndGet());
    drain.wake(id);
    assertThat(drain.stop(PATIENCE)).isTrue();
    assertThat(calls).hasValue(0);
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
