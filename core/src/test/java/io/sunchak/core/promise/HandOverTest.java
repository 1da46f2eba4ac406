package io.sunchak.core.promise;

import static org.assertj.core.api.Assertions.assertThat;

import io.sunchak.core.Campaign;
import io.sunchak.core.CampaignId;
import io.sunchak.core.Coupon;
import io.sunchak.core.Holding;
import io.sunchak.core.IssueOutcome;
import io.sunchak.core.IssueOutcome.Accepted;
import io.sunchak.core.IssueOutcome.AlreadyIssued;
import io.sunchak.core.Reservation;
import io.sunchak.core.ledger.Drift;
import io.sunchak.core.ledger.LedgerException;
import io.sunchak.core.ledger.PromiseLedger.Rebuilding;
import io.sunchak.core.ledger.PromiseLedger.Sighting;
import io.sunchak.core.testing.Agreement;
import io.sunchak.core.testing.Campaigns;
import io.sunchak.core.testing.InMemoryKeyspace;
import io.sunchak.core.testing.InMemoryLedger;
import io.sunchak.core.testing.Interference;
import io.sunchak.core.testing.ManualNode;
import io.sunchak.core.testing.ManualPeers;
import io.sunchak.core.testing.SettableClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Several nodes, and a Redis that loses what none of them has drained. */
class HandOverTest {
  private final SettableClock clock = new SettableClock();
  private final InMemoryLedger ledger = new InMemoryLedger(clock);
  private final InMemoryKeyspace keyspace = new InMemoryKeyspace(clock);
  private final ManualPeers peers = new ManualPeers();
  private final ManualNode one = node();
  private final ManualNode two = node();
  private final ManualNode three = node();
  private final Campaign campaign = Campaigns.open(6);
  private final CampaignId id = campaign.id();

  /** What becomes of Redis. */
  enum Loss {
    FLUSHED,
    OLDER_COPY
  }

  @BeforeEach
  void open() {
    ledger.create(campaign);
    one.serve(id);
    two.serve(id);
    three.serve(id);
  }

  @ParameterizedTest
  @EnumSource(Loss.class)
  void what_living_nodes_acknowledged_keeps_its_number(Loss loss) {
    InMemoryKeyspace.Snapshot older = keyspace.snapshot();
    accepted(one, "a", 1);
    accepted(two, "b", 2);
    accepted(three, "c", 3);
    accepted(two, "d", 4);
    lose(loss, older);
    two.serve(id);
    one.serve(id);
    three.serve(id);
    assertHeld("a", "b", "c", "d");
    assertThat(ledger.drift(id)).isEmpty();
    accepted(three, "e", 5);
  }

  @ParameterizedTest
  @EnumSource(Loss.class)
  void nothing_is_sold_out_too_early_and_nobody_loses_though_the_stock_is_exhausted(Loss loss) {
    InMemoryKeyspace.Snapshot older = keyspace.snapshot();
    for (int i = 1; i <= 6; i++) {
      accepted(i % 2 == 0 ? one : two, "u" + i, i);
    }
    lose(loss, older);
    three.serve(id);
    one.serve(id);
    assertHeld("u1", "u2", "u3", "u4", "u5", "u6");
    assertThat(one.issue(id, "u3").join()).isEqualTo(new AlreadyIssued(3));
    assertThat(one.issue(id, "late").join()).isEqualTo(new IssueOutcome.SoldOut());
  }

  @Test
  void an_older_copy_is_not_served_by_a_node_that_does_not_know_what_it_lacks() {
    InMemoryKeyspace.Snapshot older = keyspace.snapshot();
    accepted(one, "a", 1);
    keyspace.restore(older);
    two.look(id);
    assertThat(two.issue(id, "taker").getNow(new IssueOutcome.Unknown()))
        .isNotEqualTo(new Accepted(1, clock.instant()));
    two.serve(id);
    assertHeld("a");
    accepted(two, "taker", 2);
  }

  @Test
  void a_yes_that_was_a_repetition_counts_as_any_other() {
    accepted(one, "a", 1);
    accepted(one, "b", 2);
    assertThat(two.issue(id, "b").join()).isEqualTo(new AlreadyIssued(2));
    peers.crash(one.name());
    keyspace.wipe();
    two.serve(id);
    assertThat(ledger.stored(id).rows()).extracting(Coupon::user).containsExactly("b");
    assertThat(two.issue(id, "b").join()).isEqualTo(new AlreadyIssued(2));
  }

  @Test
  void a_node_that_stood_still_takes_over_the_void_numbers_that_were_its_users() {
    accepted(one, "a", 1);
    accepted(two, "b", 2);
    accepted(one, "c", 3);
    accepted(two, "d", 4);
    peers.pause(one.name());
    keyspace.wipe();
    two.serve(id);
    assertThat(ledger.drift(id)).contains(new Drift(one.name(), 0, 4, Drift.Kind.SILENT));
    one.watch();
    one.serve(id);
    assertHeld("a", "b", "c", "d");
    assertThat(ledger.drift(id))
        .contains(
            new Drift("a", 1, 1, Drift.Kind.RECLAIMED), new Drift("c", 3, 3, Drift.Kind.RECLAIMED));
  }

  @Test
  void a_node_that_stood_still_is_silent_until_the_ledger_has_what_it_promised() {
    accepted(one, "a", 1);
    clock.advance(Duration.ofSeconds(1));
    peers.pause(one.name());
    keyspace.wipe();
    two.serve(id);
    peers.goOn(one.name());
    assertThat(unanswered(one)).containsExactly(new Rebuilding(id, 2));

    one.watch();
    one.serve(id);
    clock.advance(Duration.ofSeconds(1));
    peers.goOn(one.name());

    assertThat(unanswered(one)).isEmpty();
    assertHeld("a");
  }

  @Test
  void a_node_that_stood_still_and_had_promised_nothing_is_not_silent_any_more() {
    clock.advance(Duration.ofSeconds(1));
    peers.pause(one.name());
    keyspace.wipe();
    two.serve(id);
    assertThat(unanswered(one)).containsExactly(new Rebuilding(id, 2));

    peers.goOn(one.name());

    assertThat(unanswered(one)).isEmpty();
  }

  private List<Rebuilding> unanswered(ManualNode node) {
    return ledger.unanswered(node.name());
  }

  @Test
  void an_answer_that_comes_after_its_node_has_handed_over_is_no_yes() {
    AtomicBoolean once = new AtomicBoolean();
    keyspace
        .reach()
        .interfere(step -> {
          if (step.call().equals("reserve") && step.done() && once.compareAndSet(false, true)) {
            keyspace.wipe();
            two.serve(id);
          }
        });
    assertThat(one.issue(id, "a").join()).isEqualTo(new IssueOutcome.Unknown());
    keyspace.reach().interfere(Interference.NONE);
    one.serve(id);
    accepted(one, "a", 1);
  }

  @Test
  void what_is_handed_over_late_is_not_left_behind() {
    accepted(one, "a", 1);
    peers.pause(one.name());
    AtomicBoolean once = new AtomicBoolean();
    ledger
        .reach()
        .interfere(step -> {
          if (step.call().equals("finish") && !step.done() && once.compareAndSet(false, true)) {
            one.look(id);
          }
        });
    keyspace.wipe();
    two.serve(id);
    assertHeld("a");
  }

  @Test
  void what_a_dead_node_had_seen_given_and_nobody_can_name_is_listed() {
    accepted(one, "a", 1);
    one.drain(id);
    accepted(one, "b", 2);
    accepted(one, "c", 3);
    clock.advance(Duration.ofSeconds(1));
    peers.meet(two.name(), "another line of replication");
    peers.crash(one.name());
    keyspace.wipe();
    two.serve(id);
    assertHeld("a");
    assertThat(ledger.drift(id))
        .containsExactly(new Drift(one.name(), 3, 1, Drift.Kind.UNACCOUNTED));
  }

  @Test
  void who_is_moved_does_not_hide_what_a_dead_node_had_seen_given() {
    accepted(one, "a", 1);
    one.drain(id);
    ledger.report("dead", "redis-1", List.of(new Sighting(id, 1, new Holding("x", 2))));
    ledger.leave("gone", Map.of(id, List.of(new Reservation(1, 1, "late", clock.instant()))));
    keyspace.wipe();
    two.serve(id);
    assertThat(ledger.drift(id))
        .containsExactly(
            new Drift("late", 1, 2, Drift.Kind.MOVED),
            new Drift("dead", 2, 1, Drift.Kind.UNACCOUNTED));
  }

  @Test
  void what_the_drain_has_read_and_could_not_write_outlives_who_acknowledged_it() {
    accepted(one, "a", 1);
    accepted(one, "b", 2);
    before("append", new LedgerException("locked", null));
    two.pass(id);
    ledger.reach().interfere(Interference.NONE);
    peers.crash(one.name());
    keyspace.wipe();
    two.serve(id);
    assertHeld("a", "b");
  }

  @Test
  void what_a_node_leaves_when_it_ends_is_the_next_resyncs() {
    accepted(one, "a", 1);
    peers.leave(one.name());
    keyspace.wipe();
    two.serve(id);
    assertHeld("a");
  }

  private void before(String call, RuntimeException thrown) {
    ledger
        .reach()
        .interfere(step -> {
          if (step.call().equals(call) && !step.done()) {
            throw thrown;
          }
        });
  }

  private void lose(Loss loss, InMemoryKeyspace.Snapshot older) {
    if (loss == Loss.FLUSHED) {
      keyspace.wipe();
    } else {
      keyspace.restore(older);
    }
  }

  private ManualNode node() {
    return new ManualNode(ledger, keyspace, clock, peers);
  }

  private void accepted(ManualNode node, String user, long sequence) {
    assertThat(node.issue(id, user).join()).isEqualTo(new Accepted(sequence, clock.instant()));
  }

  /** Redis and ledger hold exactly these, in order. */
  private void assertHeld(String... users) {
    assertThat(ledger.stored(id).rows()).extracting(Coupon::user).containsExactly(users);
    assertThat(Agreement.disagreements(keyspace, ledger.stored(id))).isEmpty();
  }
}
