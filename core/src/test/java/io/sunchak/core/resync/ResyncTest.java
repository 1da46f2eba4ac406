package io.sunchak.core.resync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sunchak.core.Campaign;
import io.sunchak.core.CampaignId;
import io.sunchak.core.CampaignState;
import io.sunchak.core.Coupon;
import io.sunchak.core.IssueOutcome;
import io.sunchak.core.IssueOutcome.Accepted;
import io.sunchak.core.IssueOutcome.AlreadyIssued;
import io.sunchak.core.Reservation;
import io.sunchak.core.Stock;
import io.sunchak.core.config.ConfigChange;
import io.sunchak.core.config.ConfigSync;
import io.sunchak.core.ledger.Bisection;
import io.sunchak.core.ledger.CouponLedger.Failure;
import io.sunchak.core.ledger.Drift;
import io.sunchak.core.ledger.LedgerException;
import io.sunchak.core.ledger.LedgerHead;
import io.sunchak.core.resync.Resync.Done;
import io.sunchak.core.resync.Resync.Superseded;
import io.sunchak.core.serving.ServingListener;
import io.sunchak.core.testing.Agreement;
import io.sunchak.core.testing.Campaigns;
import io.sunchak.core.testing.Death;
import io.sunchak.core.testing.InMemoryKeyspace;
import io.sunchak.core.testing.InMemoryLedger;
import io.sunchak.core.testing.Interference;
import io.sunchak.core.testing.ManualNode;
import io.sunchak.core.testing.SettableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResyncTest {
  private final SettableClock clock = new SettableClock();
  private final InMemoryLedger ledger = new InMemoryLedger(clock);
  private final InMemoryKeyspace keyspace = new InMemoryKeyspace(clock);
  private final ManualNode node = new ManualNode(ledger, keyspace, clock);
  private final Campaign campaign = Campaigns.open(10);
  private final CampaignId id = campaign.id();

  @Test
  void the_first_resync_opens_a_campaign() {
    ledger.create(campaign);
    assertThat(resync()).isEqualTo(new Done(1, 0, List.of()));
    assertThat(head().rebuilding()).isFalse();
    node.serve(id);
    assertThat(node.issue(id, "a").join()).isInstanceOf(Accepted.class);
  }

  @Test
  void what_the_ledger_does_not_know_is_not_resynced() {
    assertThat(resync()).isEqualTo(new Resync.NotFound());
    assertThat(keyspace.epoch(id)).isEmpty();
  }

  @Test
  void a_wiped_redis_gets_back_what_the_ledger_has() {
    given("a", "b", "c");
    node.drain(id);
    keyspace.wipe();
    assertThat(resync()).isEqualTo(new Done(2, 3, List.of()));
    assertHeld("a", "b", "c");
    assertThat(next("b")).isEqualTo(new AlreadyIssued(2));
    assertThat(next("d")).isEqualTo(new Accepted(4, clock.instant()));
  }

  @Test
  void a_wiped_redis_gets_back_what_only_this_node_promised() {
    given("a", "b", "c");
    keyspace.wipe();
    assertThat(resync()).isEqualTo(new Done(2, 3, List.of()));
    assertHeld("a", "b", "c");
    assertThat(node.promised(id)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(InMemoryKeyspace.Key.class)
  void whichever_key_is_lost_the_backlog_is_kept(InMemoryKeyspace.Key lost) {
    given("a", "b", "c");
    keyspace.delete(id, lost);
    ManualNode other = stranger();
    other.serve(id);
    other.pass(id);
    other.serve(id);
    assertHeld("a", "b", "c");
  }

  @Test
  void a_rolled_back_redis_gets_back_what_this_node_promised_after_the_copy() {
    given("a");
    InMemoryKeyspace.Snapshot older = keyspace.snapshot();
    given("b", "c");
    keyspace.restore(older);
    node.serve(id);
    assertHeld("a", "b", "c");
    assertThat(next("d")).isEqualTo(new Accepted(4, clock.instant()));
  }

  @Test
  void a_user_whose_number_was_given_again_after_a_rollback_is_moved() {
    ManualNode other = stranger();
    given("a");
    other.serve(id);
    InMemoryKeyspace.Snapshot older = keyspace.snapshot();
    given("lost"); // only `node` knows of it
    keyspace.restore(older);
    other.serve(id);
    assertThat(other.issue(id, "taker").join()).isEqualTo(new Accepted(2, clock.instant()));
    other.drain(id);
    node.serve(id);
    assertHeld("a", "taker", "lost");
    assertThat(ledger.drift(id)).containsExactly(new Drift("lost", 2, 3, Drift.Kind.MOVED));
  }

  @Test
  void what_the_ledger_refuses_as_a_coupon_is_kept_as_a_failure_and_the_campaign_opens() {
    given("a", "bad", "c");
    ledger.poison(row -> row.user().equals("bad"));
    keyspace.wipe();
    List<String> told = new ArrayList<>();
    ServingListener listener =
        new ServingListener() {
          @Override
          public void onFailure(CampaignId campaign, Reservation row, String reason) {
            told.add("%d %s %s".formatted(row.sequence(), row.user(), reason.split(":", 2)[0]));
          }
        };

    assertThat(new Resync(node.resyncPorts(), clock, listener).run(id, 1))
        .isEqualTo(new Done(2, 3, List.of()));

    assertThat(head().rebuilding()).isFalse();
    assertThat(ledger.stored(id).rows()).extracting(Coupon::user).containsExactly("a", "c");
    assertThat(ledger.findFailure(id, "bad")).map(Failure::sequence).contains(2L);
    assertThat(ledger.findFailure(id, "bad")).map(Failure::state).contains("OPEN");
    assertThat(told).containsExactly("2 bad poison");
    node.serve(id);
    assertThat(next("bad")).isEqualTo(new AlreadyIssued(2));
    assertThat(next("d")).isEqualTo(new Accepted(4, clock.instant()));
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 11})
  void a_ledger_that_refuses_many_in_a_row_has_a_bad_migration_and_no_bad_rows(int refused) {
    Campaign big = Campaigns.open(100);
    ledger.create(big);
    node.serve(big.id());
    IntStream.rangeClosed(1, refused).forEach(i -> node.issue(big.id(), "bad" + i).join());
    node.issue(big.id(), "good").join();
    ledger.poison(row -> row.user().startsWith("bad"));
    keyspace.wipe();
    Resync resync = new Resync(node.resyncPorts(), clock, ServingListener.NONE);

    if (refused <= Bisection.MAX_BAD_IN_A_ROW) {
      assertThat(resync.run(big.id(), 1)).isInstanceOf(Done.class);
      assertThat(ledger.stored(big.id()).failures()).hasSize(refused);
    } else {
      assertThatThrownBy(() -> resync.run(big.id(), 1))
          .isInstanceOf(LedgerException.Rejected.class);
      assertThat(ledger.stored(big.id()).failures()).isEmpty();
      ledger.poison(row -> false);
      assertThat(resync.run(big.id(), 2)).isInstanceOf(Done.class);
      assertThat(ledger.stored(big.id()).rows()).hasSize(refused + 1);
    }
  }

  @Test
  void what_an_attempt_settled_is_told_even_if_it_dies_before_its_end() {
    ManualNode other = stranger();
    given("a");
    other.serve(id);
    InMemoryKeyspace.Snapshot older = keyspace.snapshot();
    given("lost");
    keyspace.restore(older);
    other.serve(id);
    assertThat(other.issue(id, "taker").join()).isInstanceOf(Accepted.class);
    other.drain(id);
    List<Drift> told = new ArrayList<>();
    ServingListener listener =
        new ServingListener() {
          @Override
          public void onRepaired(CampaignId campaign, long epoch, List<Drift> drift) {
            told.addAll(drift);
          }
        };
    Resync resync = new Resync(node.resyncPorts(), clock, listener);

    interfere(step -> {
      if (step.call().equals("clear")) {
        throw new Death();
      }
    });
    assertThatThrownBy(() -> resync.run(id, 0)).isInstanceOf(Death.class);
    interfere(Interference.NONE);
    assertThat(resync.run(id, 0)).isInstanceOf(Done.class);

    assertThat(told).as("once").containsExactly(new Drift("lost", 2, 3, Drift.Kind.MOVED));
  }

  @Test
  void an_older_ledger_is_filled_from_redis() {
    given("a");
    node.drain(id);
    InMemoryLedger.Snapshot backup = ledger.snapshot();
    given("b", "c");
    node.drain(id);
    ledger.restore(backup);
    ManualNode fresh =
        stranger(); // the old one would go on from the cursor it remembers for a while
    fresh.serve(id);
    fresh.pass(id);
    fresh.serve(id);
    assertHeld("a", "b", "c");
    assertThat(head().cursor()).isEqualTo(3);
  }

  @Test
  void a_ledger_of_an_older_epoch_never_goes_back_to_it() {
    given("a");
    InMemoryLedger.Snapshot backup = ledger.snapshot();
    keyspace.wipe();
    node.serve(id);
    ledger.restore(backup);
    stranger().serve(id);
    assertThat(head().epoch()).isEqualTo(3);
    assertHeld("a");
  }

  @ParameterizedTest
  @CsvSource({"PAUSED", "CLOSED"})
  void nothing_reopens_that_the_operator_paused_or_closed(CampaignState state) {
    given("a");
    node.drain(id);
    ledger.change(1, campaign.withState(state));
    keyspace.wipe();
    node.serve(id);
    assertThat(next("b"))
        .isEqualTo(
            state == CampaignState.PAUSED ? new IssueOutcome.Paused() : new IssueOutcome.Closed());
    assertThat(next("a")).isEqualTo(new AlreadyIssued(1));
  }

  @Test
  void a_promise_is_kept_though_a_lower_stock_was_on_its_way() {
    given("a", "b", "c");
    ledger.change(1, Campaigns.withStock(campaign, Stock.of(1)));
    resync();
    assertHeld("a", "b", "c");
    assertThat(ledger.find(id).orElseThrow().stock()).isEqualTo(Stock.of(3));
  }

  @Test
  void a_ledger_that_lost_a_change_of_config_takes_it_over_from_redis() {
    given("a");
    InMemoryLedger.Snapshot backup = ledger.snapshot();
    ConfigChange changes = new ConfigChange(new ConfigChange.Ports(ledger, ledger, keyspace, node));
    changes.change(1, Campaigns.withStock(campaign, Stock.of(30)));
    changes.change(2, ledger.find(id).orElseThrow().withState(CampaignState.PAUSED));
    ledger.restore(backup);
    node.serve(id);
    assertThat(next("b")).isEqualTo(new IssueOutcome.Paused());
    assertThat(ledger.find(id).orElseThrow())
        .isEqualTo(campaign.withStock(Stock.of(30)).withState(CampaignState.PAUSED).withVersion(2));
  }

  /** Else each attempt that fails after it would write another version. */
  @Test
  void a_config_that_was_taken_over_is_not_taken_over_again() {
    given("a");
    InMemoryLedger.Snapshot backup = ledger.snapshot();
    ConfigChange changes = new ConfigChange(new ConfigChange.Ports(ledger, ledger, keyspace, node));
    changes.change(1, Campaigns.withStock(campaign, Stock.of(30)));
    changes.change(2, ledger.find(id).orElseThrow().withState(CampaignState.PAUSED));
    ledger.restore(backup);
    ConfigSync configs = new ConfigSync(ledger, keyspace);
    configs.recover(head());
    configs.recover(head());
    assertThat(ledger.find(id).orElseThrow().version()).isEqualTo(2);
  }

  @Test
  void a_ledger_that_lost_a_raise_keeps_the_numbers_above_its_stock() {
    given("a", "b", "c", "d", "e", "f", "g", "h", "i", "j");
    node.drain(id);
    InMemoryLedger.Snapshot backup = ledger.snapshot();
    ConfigChange changes = new ConfigChange(new ConfigChange.Ports(ledger, ledger, keyspace, node));
    changes.change(1, Campaigns.withStock(campaign, Stock.of(12)));
    clock.advance(Duration.ofSeconds(2));
    given("k", "l");
    node.drain(id);
    ledger.restore(backup);
    stranger().serve(id);
    assertHeld("a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l");
    assertThat(ledger.drift(id)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Resync.Step.class)
  void an_attempt_that_another_has_overtaken_ends_at_its_next_check(Resync.Step step) {
    given("a", "b");
    keyspace.delete(id, InMemoryKeyspace.Key.META);
    ManualNode other = stranger();
    AtomicBoolean done = new AtomicBoolean();
    Interference overtake =
        call -> {
          if (isBefore(step, call) && done.compareAndSet(false, true)) {
            assertThat(new Resync(other.resyncPorts(), clock, ServingListener.NONE).run(id, 0))
                .isInstanceOf(Done.class);
          }
        };
    interfere(overtake);
    assertThat(resync()).isEqualTo(new Superseded(2, step));
    assertThat(head().epoch()).isEqualTo(3);
    assertHeld("a", "b");
  }

  private static boolean isBefore(Resync.Step step, Interference.Step call) {
    String name =
        switch (step) {
          case FENCE -> "fence";
          case HAND_OVER -> "handOver";
          case READ -> "isFenced";
          case SETTLE -> "inAttempt";
          case CLEAR -> "clear";
          case LOAD -> "load";
          case OPEN -> "open";
          case FINISH -> "finish";
        };
    return !call.done() && call.call().equals(name);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void an_attempt_that_dies_at_any_step_loses_nothing(boolean afterTheCall) {
    given("a", "b");
    node.drain(id);
    given("c");
    InMemoryLedger.Snapshot rows = ledger.snapshot();
    InMemoryKeyspace.Snapshot keys = keyspace.snapshot();
    List<String> calls = callsOfAResync();
    for (int deadly = 0; deadly < calls.size(); deadly++) {
      ledger.restore(rows);
      keyspace.restore(keys);
      interfere(Death.at(deadly, afterTheCall));
      assertThatThrownBy(
              () -> new Resync(stranger().resyncPorts(), clock, ServingListener.NONE).run(id, 0))
          .as("death at %s", calls.get(deadly))
          .isInstanceOf(Death.class);
      interfere(Interference.NONE);
      ManualNode successor = stranger();
      successor.serve(id);
      successor.drain(id);
      assertHeld("a", "b", "c");
    }
  }

  private List<String> callsOfAResync() {
    List<String> calls = new ArrayList<>();
    interfere(step -> {
      if (!step.done()) {
        calls.add(step.call());
      }
    });
    assertThat(new Resync(stranger().resyncPorts(), clock, ServingListener.NONE).run(id, 0))
        .isInstanceOf(Done.class);
    interfere(Interference.NONE);
    return calls;
  }

  private void interfere(Interference with) {
    ledger.reach().interfere(with);
    keyspace.reach().interfere(with);
  }

  /** A node that has promised nothing. */
  private ManualNode stranger() {
    return new ManualNode(ledger, keyspace, clock);
  }

  private void given(String... users) {
    if (ledger.find(id).isEmpty()) {
      ledger.create(campaign);
      node.serve(id);
    }
    for (String user : users) {
      assertThat(node.issue(id, user).join()).isInstanceOf(Accepted.class);
    }
  }

  private IssueOutcome next(String user) {
    node.serve(id);
    return node.issue(id, user).join();
  }

  private Resync.Result resync() {
    return new Resync(node.resyncPorts(), clock, ServingListener.NONE).run(id, 0);
  }

  private LedgerHead head() {
    return ledger.head(id).orElseThrow();
  }

  /** Redis and ledger hold exactly these, in order. */
  private void assertHeld(String... users) {
    assertThat(ledger.stored(id).rows()).extracting(Coupon::user).containsExactly(users);
    assertThat(Agreement.disagreements(keyspace, ledger.stored(id))).isEmpty();
  }
}
