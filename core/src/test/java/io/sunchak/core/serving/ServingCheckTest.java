package io.sunchak.core.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sunchak.core.Campaign;
import io.sunchak.core.CampaignId;
import io.sunchak.core.CampaignState;
import io.sunchak.core.IssueOutcome;
import io.sunchak.core.IssueOutcome.Accepted;
import io.sunchak.core.IssueOutcome.AlreadyIssued;
import io.sunchak.core.IssueOutcome.CampaignNotFound;
import io.sunchak.core.IssueOutcome.Paused;
import io.sunchak.core.IssueOutcome.Unavailable;
import io.sunchak.core.IssueOutcome.Unavailable.Reason;
import io.sunchak.core.ledger.LedgerException;
import io.sunchak.core.ledger.Progress;
import io.sunchak.core.ledger.ResyncLedger;
import io.sunchak.core.serving.ServingCheck.Outcome;
import io.sunchak.core.testing.Campaigns;
import io.sunchak.core.testing.InMemoryKeyspace;
import io.sunchak.core.testing.InMemoryLedger;
import io.sunchak.core.testing.ManualNode;
import io.sunchak.core.testing.SettableClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ServingCheckTest {
  private final SettableClock clock = new SettableClock();
  private final InMemoryLedger ledger = new InMemoryLedger(clock);
  private final InMemoryKeyspace keyspace = new InMemoryKeyspace(clock);
  private final ManualNode node = new ManualNode(ledger, keyspace, clock);
  private final ManualNode other = new ManualNode(ledger, keyspace, clock);
  private final Campaign campaign = Campaigns.open(10);
  private final CampaignId id = campaign.id();

  @BeforeEach
  void open() {
    ledger.create(campaign);
    node.serve(id);
  }

  @Test
  void a_campaign_in_order_is_opened_without_an_resync() {
    assertThat(other.look(id)).isEqualTo(Outcome.OPENED);
    assertThat(other.resynced()).isEmpty();
    assertThat(epoch()).isEqualTo(1);
  }

  @Test
  void a_campaign_that_the_ledger_lacks_is_absent() {
    CampaignId unknown = Campaigns.freshId();
    var waiting = node.issue(unknown, "a");
    assertThat(waiting).isNotDone();
    assertThat(node.look(unknown)).isEqualTo(Outcome.ABSENT);
    assertThat(waiting).isCompletedWithValue(new CampaignNotFound());
  }

  @Test
  void a_newer_epoch_is_adopted() {
    other.serve(id);
    keyspace.delete(id, InMemoryKeyspace.Key.META);
    node.serve(id);
    assertThat(other.issue(id, "a")).isCompletedWithValue(new Unavailable(Reason.REBUILDING));
    other.serve(id);
    assertThat(other.resynced()).isEmpty();
    assertThat(epoch()).isEqualTo(2);
    assertThat(other.issue(id, "a").join()).isInstanceOf(Accepted.class);
  }

  @Test
  void a_ledger_whose_cursor_went_back_is_no_longer_current_and_is_filled_again() {
    InMemoryLedger.Snapshot backup = ledger.snapshot();
    node.issue(id, "a").join();
    node.drain(id);
    assertThat(node.servingCheck().isCurrent(living())).isTrue();
    ledger.restore(backup);
    assertThat(node.servingCheck().isCurrent(living())).isFalse();
    node.serve(id);
    assertThat(ledger.stored(id).rows()).extracting("user").containsExactly("a");
    assertThat(node.issue(id, "b").join()).isEqualTo(new Accepted(2, clock.instant()));
  }

  @Test
  void a_newer_epoch_is_not_adopted_before_what_was_promised_in_the_older_one_is_kept() {
    InMemoryKeyspace.Snapshot older = keyspace.snapshot();
    node.issue(id, "a").join();
    keyspace.restore(older);
    keyspace.delete(id, InMemoryKeyspace.Key.META);
    other.serve(id);
    assertThat(ledger.stored(id).rows()).isEmpty();
    node.serve(id);
    assertThat(ledger.stored(id).rows()).extracting("user").containsExactly("a");
    assertThat(node.issue(id, "a")).isCompletedWithValue(new AlreadyIssued(1));
  }

  @Test
  void while_another_node_resyncs_nobody_is_served() {
    keyspace.delete(id, InMemoryKeyspace.Key.META);
    ResyncLedger.Lock held = ledger.tryLock(id).orElseThrow();
    assertThat(node.look(id)).isEqualTo(Outcome.LATER);
    assertThat(node.issue(id, "a")).isCompletedWithValue(new Unavailable(Reason.REBUILDING));
    held.close();
    node.serve(id);
  }

  @Test
  void a_resync_that_another_node_finished_meanwhile_is_not_done_again() {
    keyspace.delete(id, InMemoryKeyspace.Key.META);
    boolean[] done = {false};
    ledger
        .reach()
        .interfere(step -> {
          if (step.call().equals("tryLock") && !step.done() && !done[0]) {
            done[0] = true;
            other.serve(id);
          }
        });
    assertThat(node.look(id)).isEqualTo(Outcome.AGAIN);
    assertThat(node.look(id)).isEqualTo(Outcome.OPENED);
    assertThat(node.resynced()).hasSize(1);
    assertThat(epoch()).isEqualTo(2);
  }

  @Test
  void an_unsafe_redis_shuts_the_gate_until_it_is_safe_again() {
    node.issuer().unsafe("appendfsync must be always");
    assertThat(node.servingCheck().isSafe()).isFalse();
    assertThat(node.look(id)).isEqualTo(Outcome.LATER);
    assertThat(node.issue(id, "a")).isCompletedWithValue(new Unavailable(Reason.REBUILDING));
    node.issuer().unsafe(null);
    node.serve(id);
    assertThat(node.issue(id, "a").join()).isInstanceOf(Accepted.class);
  }

  @Test
  void an_unsafe_ledger_shuts_the_gate_too() {
    other.unsafeLedger("fsync must be on");
    assertThat(other.look(id)).isEqualTo(Outcome.LATER);
    assertThat(other.issuer().isOpen(id)).isFalse();
  }

  @Test
  void without_redis_nobody_is_served() {
    keyspace.reach().away(true);
    assertThat(node.look(id)).isEqualTo(Outcome.LATER);
    assertThat(node.issue(id, "a")).isCompletedWithValue(new Unavailable(Reason.REDIS_DOWN));
  }

  @Test
  void without_the_ledger_a_new_connection_is_not_verified() {
    keyspace.reconnect();
    ledger.reach().away(true);
    assertThatThrownBy(() -> node.look(id)).isInstanceOf(LedgerException.class);
    assertThat(node.issue(id, "a").join()).isNotInstanceOf(IssueOutcome.Held.class);
  }

  @Test
  void a_config_that_never_reached_redis_is_given_to_it_before_anybody_is_served() {
    ledger.change(1, campaign.withState(CampaignState.PAUSED));
    assertThat(node.servingCheck().isCurrent(living())).isFalse();
    node.serve(id);
    assertThat(node.issue(id, "a")).isCompletedWithValue(new Paused());
    assertThat(node.servingCheck().isCurrent(living())).isTrue();
  }

  @Test
  void what_is_served_is_current_only_on_the_connection_of_now() {
    assertThat(node.servingCheck().isCurrent(living())).isTrue();
    keyspace.reconnect();
    assertThat(node.servingCheck().isCurrent(living())).isFalse();
  }

  @Test
  void a_new_node_finds_a_rollback_by_the_ledgers_last_row() {
    InMemoryKeyspace.Snapshot older = keyspace.snapshot();
    node.issue(id, "a").join();
    node.drain(id);
    keyspace.restore(older);
    other.serve(id);
    assertThat(other.resynced()).hasSize(1);
    assertThat(other.issue(id, "a")).isCompletedWithValue(new AlreadyIssued(1));
  }

  private Progress living() {
    return ledger.living(null, 1).getFirst();
  }

  private long epoch() {
    return ledger.head(id).orElseThrow().epoch();
  }
}
