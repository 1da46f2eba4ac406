package io.sunchak.core.align;

import static org.assertj.core.api.Assertions.assertThat;

import io.sunchak.core.Campaign;
import io.sunchak.core.CampaignId;
import io.sunchak.core.CampaignState;
import io.sunchak.core.IssueOutcome.Accepted;
import io.sunchak.core.IssueOutcome.Paused;
import io.sunchak.core.IssueOutcome.SoldOut;
import io.sunchak.core.Stock;
import io.sunchak.core.align.ConfigChange.BelowSequence;
import io.sunchak.core.align.ConfigChange.Changed;
import io.sunchak.core.align.ConfigChange.NotFound;
import io.sunchak.core.align.ConfigChange.Pending;
import io.sunchak.core.align.ConfigChange.Stale;
import io.sunchak.core.ledger.LedgerException;
import io.sunchak.core.log.LogException;
import io.sunchak.core.testing.Agreement;
import io.sunchak.core.testing.Campaigns;
import io.sunchak.core.testing.InMemoryKeyspace;
import io.sunchak.core.testing.InMemoryLedger;
import io.sunchak.core.testing.Interference;
import io.sunchak.core.testing.ManualNode;
import io.sunchak.core.testing.SettableClock;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigChangeTest {
  private final SettableClock clock = new SettableClock();
  private final InMemoryLedger ledger = new InMemoryLedger(clock);
  private final InMemoryKeyspace keyspace = new InMemoryKeyspace(clock);
  private final ManualNode node = new ManualNode(ledger, keyspace, clock);
  private final ConfigChange changes = new ConfigChange(ledger, keyspace, node);
  private final Campaign campaign = Campaigns.open(3);
  private final CampaignId id = campaign.id();

  @BeforeEach
  void open_with_two_of_three_given() {
    ledger.create(campaign);
    node.serve(id);
    issue("a");
    issue("b");
  }

  @Test
  void a_change_is_in_force_when_it_returns() {
    Campaign paused = campaign.withState(CampaignState.PAUSED);
    assertThat(changes.change(1, paused)).isEqualTo(new Changed(paused.withVersion(2)));
    assertThat(node.issue(id, "c")).isCompletedWithValue(new Paused());
  }

  @Test
  void a_raise_lets_further_users_in_and_the_ledger_takes_them() {
    issue("c");
    assertThat(node.issue(id, "d")).isCompletedWithValue(new SoldOut());
    changes.change(1, Campaigns.withStock(campaign, Stock.of(4)));
    issue("d");
    node.drain(id);
    assertThat(ledger.stored(id).rows()).hasSize(4);
  }

  @Test
  void a_stock_may_be_lowered_to_what_was_given() {
    Campaign lower = Campaigns.withStock(campaign, Stock.of(2));
    assertThat(changes.change(1, lower)).isEqualTo(new Changed(lower.withVersion(2)));
    assertThat(node.issue(id, "c")).isCompletedWithValue(new SoldOut());
  }

  @Test
  void a_stock_below_what_was_given_is_refused_and_undone() {
    assertThat(changes.change(1, Campaigns.withStock(campaign, Stock.of(1))))
        .isEqualTo(new BelowSequence(2));
    assertThat(ledger.find(id)).contains(campaign.withVersion(3));
    issue("c");
    node.drain(id);
    assertAgreed();
  }

  @Test
  void another_operators_change_in_between_survives_the_undo() {
    Campaign tooLow = Campaigns.withStock(campaign, Stock.of(1));
    beforeTheFirst(
        "configure",
        () ->
            assertThat(changes.change(2, tooLow.withState(CampaignState.PAUSED)))
                .isEqualTo(new Pending(tooLow.withState(CampaignState.PAUSED).withVersion(3))));
    assertThat(changes.change(1, tooLow)).isEqualTo(new BelowSequence(2));
    assertThat(ledger.find(id)).contains(campaign.withState(CampaignState.PAUSED).withVersion(4));
    node.serve(id);
    node.drain(id);
    assertAgreed();
  }

  @Test
  void of_two_operators_at_once_one_is_stale() {
    Campaign paused = campaign.withState(CampaignState.PAUSED);
    beforeTheFirst(
        "change",
        () -> assertThat(changes.change(1, paused)).isEqualTo(new Changed(paused.withVersion(2))));
    assertThat(changes.change(1, Campaigns.withStock(campaign, Stock.of(9))))
        .isEqualTo(new Stale());
    assertThat(ledger.find(id)).contains(paused.withVersion(2));
  }

  @Test
  void an_older_version_and_an_unknown_campaign_change_nothing() {
    assertThat(changes.change(7, campaign)).isEqualTo(new Stale());
    assertThat(changes.change(1, Campaigns.open(1))).isEqualTo(new NotFound());
    assertThat(ledger.find(id)).contains(campaign);
  }

  @Test
  void without_redis_the_change_is_pending_until_the_keeper_has_looked() {
    keyspace.reach().away(true);
    Campaign paused = campaign.withState(CampaignState.PAUSED);
    assertThat(changes.change(1, paused)).isEqualTo(new Pending(paused.withVersion(2)));
    keyspace.reach().away(false);
    assertThat(node.wanted(id)).isPresent();
    node.serve(id);
    assertThat(node.issue(id, "c")).isCompletedWithValue(new Paused());
  }

  @ParameterizedTest
  @CsvSource({"4, configure", "4, settle", "2, configure", "2, settle"})
  void a_crash_between_the_steps_is_mended_by_a_keeper(long stock, String beforeCall) {
    beforeTheFirst(
        beforeCall,
        () -> {
          throw new IllegalStateException("the node died");
        });
    try {
      changes.change(1, Campaigns.withStock(campaign, Stock.of(stock)));
    } catch (IllegalStateException died) {
      assertThat(died).hasMessage("the node died");
    }
    interfere(Interference.NONE);
    ManualNode other = new ManualNode(ledger, keyspace, clock);
    other.serve(id);
    for (String user : new String[] {"c", "d", "e"}) {
      other.issue(id, user).join();
    }
    other.drain(id);
    assertThat(ledger.stored(id).rows()).hasSize((int) stock);
    assertAgreed();
  }

  @Test
  void a_stock_below_what_was_given_whose_operator_died_is_raised_to_it() {
    beforeTheFirst(
        "configure",
        () -> {
          throw new IllegalStateException("the node died");
        });
    try {
      changes.change(1, Campaigns.withStock(campaign, Stock.of(1)));
    } catch (IllegalStateException died) {
      assertThat(died).hasMessage("the node died");
    }
    node.serve(id);
    assertThat(ledger.find(id).orElseThrow().stock()).as("at first sight").isEqualTo(Stock.of(1));
    node.serve(id);
    node.serve(id);
    assertThat(ledger.find(id).orElseThrow().stock()).isEqualTo(Stock.of(2));
    assertThat(node.issue(id, "c")).isCompletedWithValue(new SoldOut());
    node.drain(id);
    assertAgreed();
  }

  @Test
  void an_undo_that_cannot_reach_the_ledger_is_left_to_the_keeper() {
    beforeTheFirst(
        "configure",
        () ->
            ledger
                .reach()
                .interfere(step -> {
                  throw new LedgerException("away", null);
                }));
    Campaign tooLow = Campaigns.withStock(campaign, Stock.of(1));
    assertThat(changes.change(1, tooLow)).isEqualTo(new Pending(tooLow.withVersion(2)));
    assertThat(node.wanted(id)).isPresent();
  }

  @Test
  void an_undo_that_cannot_reach_redis_still_stands_in_the_ledger() {
    int[] calls = {0};
    keyspace
        .reach()
        .interfere(step -> {
          if (step.call().equals("configure") && !step.done() && calls[0]++ == 1) {
            throw new LogException("away", null);
          }
        });
    assertThat(changes.change(1, Campaigns.withStock(campaign, Stock.of(1))))
        .isEqualTo(new BelowSequence(2));
    assertThat(ledger.find(id)).contains(campaign.withVersion(3));
    assertThat(node.wanted(id)).isPresent();
  }

  private void beforeTheFirst(String call, Runnable work) {
    AtomicBoolean done = new AtomicBoolean();
    interfere(step -> {
      if (step.call().equals(call) && !step.done() && done.compareAndSet(false, true)) {
        work.run();
      }
    });
  }

  private void interfere(Interference with) {
    ledger.reach().interfere(with);
    keyspace.reach().interfere(with);
  }

  private void issue(String user) {
    assertThat(node.issue(id, user).join()).isInstanceOf(Accepted.class);
  }

  private void assertAgreed() {
    assertThat(Agreement.disagreements(keyspace, ledger.stored(id))).isEmpty();
  }
}
