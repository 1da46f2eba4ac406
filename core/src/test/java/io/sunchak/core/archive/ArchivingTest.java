package io.sunchak.core.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sunchak.core.Campaign;
import io.sunchak.core.CampaignId;
import io.sunchak.core.CampaignState;
import io.sunchak.core.Codes;
import io.sunchak.core.Holding;
import io.sunchak.core.IssueOutcome;
import io.sunchak.core.Stock;
import io.sunchak.core.archive.Archiving.Done;
import io.sunchak.core.archive.Archiving.NotClosed;
import io.sunchak.core.archive.Archiving.NotFound;
import io.sunchak.core.archive.Archiving.NotSettled;
import io.sunchak.core.archive.Archiving.Rebuilding;
import io.sunchak.core.config.ConfigChange;
import io.sunchak.core.drain.PassResult;
import io.sunchak.core.ledger.LedgerHead;
import io.sunchak.core.ledger.PromiseLedger.Sighting;
import io.sunchak.core.resync.Resync;
import io.sunchak.core.serving.ServingCheck.Outcome;
import io.sunchak.core.serving.ServingListener;
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
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Archiving, its two steps, and what may come between them and after them. */
class ArchivingTest {
  private final SettableClock clock = new SettableClock();
  private final InMemoryLedger ledger = new InMemoryLedger(clock);
  private final InMemoryKeyspace keyspace = new InMemoryKeyspace(clock);
  private final ManualNode node = new ManualNode(ledger, keyspace, clock);
  private final Campaign campaign = Campaigns.open(10);
  private final CampaignId id = campaign.id();

  @BeforeEach
  void issue() {
    ledger.create(campaign);
    node.serve(id);
    node.issue(id, "a").join();
    node.issue(id, "b").join();
  }

  @Test
  void what_is_closed_and_drained_leaves_redis_and_the_ledger_answers() {
    over();
    assertThat(archive()).isInstanceOf(Done.class);
    assertArchived();
    assertThat(node.look(id)).isEqualTo(Outcome.ARCHIVED);
    assertThat(node.issue(id, "a")).isCompletedWithValue(new IssueOutcome.Archived());
    assertThat(node.issue(id, "c")).isCompletedWithValue(new IssueOutcome.Archived());
  }

  @Test
  void a_window_that_is_over_is_enough() {
    node.drain(id);
    end();
    assertThat(archive()).isInstanceOf(Done.class);
    assertArchived();
  }

  @Test
  void what_may_still_accept_somebody_stays() {
    node.drain(id);
    refuses(new NotClosed());
  }

  @Test
  void what_the_ledger_lacks_stays_in_redis() {
    close();
    refuses(new NotSettled());
  }

  @Test
  void a_campaign_that_redis_has_lost_is_repaired_first() {
    over();
    keyspace.delete(id, InMemoryKeyspace.Key.META);
    assertThat(archive()).isEqualTo(new Rebuilding());
    node.serve(id);
    assertThat(archive()).isInstanceOf(Done.class);
  }

  /** The log and the cursor of an older copy fit together; a node knows better. */
  @Test
  void a_number_that_a_node_saw_and_redis_lost_forbids_it() {
    node.drain(id);
    InMemoryKeyspace.Snapshot older = keyspace.snapshot();
    node.issue(id, "c").join();
    ledger.report("another", "", List.of(new Sighting(id, 1, new Holding("c", 3))));
    keyspace.restore(older);
    end();
    assertThat(archive()).isEqualTo(new NotSettled());
  }

  @Test
  void a_campaign_that_does_not_exist_is_not_archived() {
    assertThat(archiving().archive(Campaigns.freshId())).isEqualTo(new NotFound());
  }

  @Test
  void nothing_changes_it_any_more() {
    over();
    archive();
    Campaign stored = stored();
    ConfigChange changes = new ConfigChange(new ConfigChange.Ports(ledger, ledger, keyspace, node));
    assertThat(changes.change(stored.version(), Campaigns.withStock(stored, Stock.of(12))))
        .isEqualTo(new ConfigChange.Archived());
    assertThat(changes.change(stored.version(), stored)).isEqualTo(new ConfigChange.Archived());
    assertThat(stored()).isEqualTo(stored);
  }

  /** Read before it was archived, written after Redis knew it. */
  @Test
  void a_change_on_its_way_is_undone() {
    over();
    long version = stored().version();
    Campaign wanted = stored().withCodes(Codes.GENERATED);
    interfere(step -> {
      if (step.call().equals("configure") && !step.done()) {
        interfere(Interference.NONE);
        keyspace.markArchived(id);
      }
    });
    ConfigChange changes = new ConfigChange(new ConfigChange.Ports(ledger, ledger, keyspace, node));
    assertThat(changes.change(version, wanted)).isEqualTo(new ConfigChange.Archived());
    assertThat(stored().codes()).isEqualTo(campaign.codes());
    node.look(id);
    assertArchived();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_death_at_any_step_leaves_what_any_node_completes(boolean afterTheCall) {
    over();
    InMemoryLedger.Snapshot rows = ledger.snapshot();
    InMemoryKeyspace.Snapshot keys = keyspace.snapshot();
    List<String> calls = new ArrayList<>();
    interfere(step -> {
      if (!step.done()) {
        calls.add(step.call());
      }
    });
    archive();
    assertThat(calls).containsSubsequence("archive", "archive");
    for (int deadly = 0; deadly < calls.size(); deadly++) {
      for (boolean repeated : new boolean[] {false, true}) {
        interfere(Interference.NONE);
        ledger.restore(rows);
        keyspace.restore(keys);
        interfere(Death.at(deadly, afterTheCall));
        assertThatThrownBy(this::archive).isInstanceOf(Death.class);
        interfere(Interference.NONE);
        ManualNode other = new ManualNode(ledger, keyspace, clock);
        boolean begun = keyspace.isArchived(id);
        if (repeated) {
          assertThat(archive()).isInstanceOf(Done.class);
        }
        Outcome outcome = other.look(id);
        if (begun || repeated) {
          assertThat(outcome)
              .as("after a death at %s", calls.get(deadly))
              .isEqualTo(Outcome.ARCHIVED);
          assertArchived();
        }
        assertThat(ledger.stored(id).rows()).extracting("user").containsExactly("a", "b");
      }
    }
  }

  /** Its fence is refused for ever, so no attempt would end. */
  @Test
  void a_resync_that_began_between_the_steps_is_void() {
    over();
    keyspace.archive(head().ledgerId(), head().epoch(), stored().version(), 2, id);
    ledger.begin(id, 0);
    neverOpens();
    assertThat(head().rebuilding()).isFalse();
  }

  /** Redis forgets it between the two steps: the ledger has everything, so it is closed again. */
  @Test
  void wiped_between_the_steps_it_is_filled_from_the_ledger() {
    over();
    keyspace.archive(head().ledgerId(), head().epoch(), stored().version(), 2, id);
    keyspace.wipe();
    node.serve(id);
    assertThat(keyspace.issued(id)).isEqualTo(Map.of("a", 1L, "b", 2L));
    assertThat(node.issue(id, "c")).isCompletedWithValue(new IssueOutcome.Closed());
    assertThat(archive()).isInstanceOf(Done.class);
  }

  @Test
  void wiped_afterwards_it_is_never_resynced() {
    over();
    archive();
    keyspace.wipe();
    neverOpens();
  }

  @Test
  void an_older_copy_of_redis_is_emptied() {
    InMemoryKeyspace.Snapshot open = keyspace.snapshot();
    over();
    archive();
    keyspace.restore(open);
    neverOpens();
    assertThat(keyspace.issued(id)).isEmpty();
  }

  /** The ledger of before the archiving, or even of before the last coupons. */
  @Test
  void a_ledger_that_has_forgotten_it_learns_it_from_redis_and_gives_nothing_twice() {
    node.drain(id);
    InMemoryLedger.Snapshot open = ledger.snapshot();
    node.issue(id, "c").join();
    over();
    archive();
    ledger.restore(open);
    neverOpens();
    assertThat(ledger.stored(id).rows()).extracting("user").containsExactly("a", "b");
  }

  @ParameterizedTest
  @EnumSource(Resync.Step.class)
  void a_resync_and_an_archiving_at_once_are_one_after_the_other(Resync.Step step) {
    over();
    AtomicBoolean done = new AtomicBoolean();
    String before =
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
    interfere(call -> {
      if (!call.done() && call.call().equals(before) && done.compareAndSet(false, true)) {
        var _ = archive();
      }
    });
    new Resync(node.resyncPorts(), clock, ServingListener.NONE).run(id, 0);
    interfere(Interference.NONE);
    for (int i = 0; i < 3; i++) {
      node.look(id);
    }
    assertThat(archive()).isInstanceOf(Done.class);
    assertArchived();
    neverOpens();
  }

  @Test
  void the_drain_ends_instead_of_asking_again_and_again() {
    over();
    archive();
    assertThat(node.pass(id)).isEqualTo(new PassResult.Absent());
    keyspace.wipe();
    assertThat(node.pass(id)).isEqualTo(new PassResult.Absent());
  }

  private void neverOpens() {
    ManualNode other = new ManualNode(ledger, keyspace, clock);
    for (ManualNode one : List.of(node, other)) {
      assertThat(one.look(id)).isEqualTo(Outcome.ARCHIVED);
      assertThat(one.resynced()).hasSizeLessThanOrEqualTo(1);
      assertThat(one.issue(id, "a")).isCompletedWithValue(new IssueOutcome.Archived());
      assertThat(one.issue(id, "z")).isCompletedWithValue(new IssueOutcome.Archived());
    }
    assertThat(other.resynced()).isEmpty();
    assertThat(stored().state()).isEqualTo(CampaignState.ARCHIVED);
  }

  private void assertArchived() {
    assertThat(stored().state()).isEqualTo(CampaignState.ARCHIVED);
    assertThat(head().rebuilding()).isFalse();
    assertThat(ledger.living(null, 10)).isEmpty();
    assertThat(keyspace.isArchived(id)).isTrue();
    assertThat(keyspace.issued(id)).isEmpty();
    assertThat(keyspace.logged(id)).isEmpty();
  }

  private void refuses(Archiving.Result why) {
    Campaign before = stored();
    assertThat(archive()).isEqualTo(why);
    assertThat(stored()).isEqualTo(before);
    assertThat(keyspace.issued(id)).hasSize(2);
  }

  private void over() {
    close();
    node.drain(id);
  }

  private void close() {
    Campaign now = stored();
    new ConfigChange(new ConfigChange.Ports(ledger, ledger, keyspace, node))
        .change(now.version(), now.withState(CampaignState.CLOSED));
  }

  private void end() {
    clock.advance(Duration.between(clock.instant(), campaign.window().closesAt()));
  }

  private Archiving.Result archive() {
    return archiving().archive(id);
  }

  private Archiving archiving() {
    return new Archiving(ledger, keyspace, node);
  }

  private Campaign stored() {
    return ledger.find(id).orElseThrow();
  }

  private LedgerHead head() {
    return ledger.head(id).orElseThrow();
  }

  private void interfere(Interference with) {
    ledger.reach().interfere(with);
    keyspace.reach().interfere(with);
  }
}
