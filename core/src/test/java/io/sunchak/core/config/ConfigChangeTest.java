package io.sunchak.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.sunchak.core.Campaign;
import io.sunchak.core.CampaignId;
import io.sunchak.core.CampaignState;
import io.sunchak.core.Codes;
import io.sunchak.core.Eligibility;
import io.sunchak.core.IssueOutcome.Accepted;
import io.sunchak.core.IssueOutcome.Paused;
import io.sunchak.core.IssueOutcome.SoldOut;
import io.sunchak.core.IssueWindow;
import io.sunchak.core.Stock;
import io.sunchak.core.Validity;
import io.sunchak.core.config.ConfigChange.AlreadyOpened;
import io.sunchak.core.config.ConfigChange.BelowSequence;
import io.sunchak.core.config.ConfigChange.Changed;
import io.sunchak.core.config.ConfigChange.Closed;
import io.sunchak.core.config.ConfigChange.NotFound;
import io.sunchak.core.config.ConfigChange.Pending;
import io.sunchak.core.config.ConfigChange.Rebuilding;
import io.sunchak.core.config.ConfigChange.RedisAway;
import io.sunchak.core.config.ConfigChange.ShortensValidity;
import io.sunchak.core.config.ConfigChange.Stale;
import io.sunchak.core.config.ConfigChange.Unchanged;
import io.sunchak.core.testing.Agreement;
import io.sunchak.core.testing.Campaigns;
import io.sunchak.core.testing.InMemoryKeyspace;
import io.sunchak.core.testing.InMemoryLedger;
import io.sunchak.core.testing.Interference;
import io.sunchak.core.testing.ManualNode;
import io.sunchak.core.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConfigChangeTest {
  private final SettableClock clock = new SettableClock();
  private final InMemoryLedger ledger = new InMemoryLedger(clock);
  private final InMemoryKeyspace keyspace = new InMemoryKeyspace(clock);
  private final ManualNode node = new ManualNode(ledger, keyspace, clock);
  private final ConfigChange changes =
      new ConfigChange(new ConfigChange.Ports(ledger, ledger, keyspace, node));
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
    changes.change(1, campaign.withStock(Stock.of(4)));
    issue("d");
    node.drain(id);
    assertThat(ledger.stored(id).rows()).hasSize(4);
  }

  @Test
  void a_stock_may_be_lowered_to_what_was_given() {
    Campaign lower = campaign.withStock(Stock.of(2));
    assertThat(changes.change(1, lower)).isEqualTo(new Changed(lower.withVersion(2)));
    assertThat(node.issue(id, "c")).isCompletedWithValue(new SoldOut());
  }

  @Test
  void a_stock_below_what_was_given_is_refused_and_leaves_no_trace() {
    assertThat(changes.change(1, campaign.withStock(Stock.of(1)))).isEqualTo(new BelowSequence(2));
    assertThat(ledger.find(id)).contains(campaign);
    issue("c");
    node.drain(id);
    assertAgreed();
  }

  /** Asked when one was given, in Redis when two are: it takes effect there, and at once. */
  @Test
  void a_stock_that_was_given_meanwhile_becomes_what_was_given() {
    beforeTheFirst("change", () -> issue("c"));
    Campaign lower = campaign.withStock(Stock.of(2));
    assertThat(changes.change(1, lower)).isEqualTo(new Changed(campaign.withVersion(3)));
    assertThat(node.issue(id, "d")).isCompletedWithValue(new SoldOut());
    node.drain(id);
    assertAgreed();
  }

  @Test
  void an_opening_is_fixed_from_the_first_coupon_on() {
    assertThat(changes.change(1, opensAhead(campaign))).isEqualTo(new AlreadyOpened());
    assertThat(changes.change(1, campaign.withStock(Stock.unlimited())))
        .isEqualTo(new AlreadyOpened());
    assertThat(ledger.find(id)).contains(campaign);
  }

  @Test
  void codes_may_come_and_not_go_once_a_coupon_is_given() {
    Campaign coded = campaign.withCodes(Codes.GENERATED);
    assertThat(changes.change(1, coded)).isEqualTo(new Changed(coded.withVersion(2)));
    assertThat(changes.change(2, campaign)).isEqualTo(new AlreadyOpened());
    assertThat(ledger.find(id)).contains(coded.withVersion(2));
  }

  @Test
  void a_validity_is_shortened_before_the_first_coupon_alone() {
    Validity brief = new Validity(null, null, Duration.ofDays(1));
    Campaign fresh = Campaigns.open(3);
    ledger.create(fresh);
    node.serve(fresh.id());

    assertThat(changes.change(1, fresh.withValidity(brief)))
        .isEqualTo(new Changed(fresh.withValidity(brief).withVersion(2)));
    assertThat(changes.change(1, campaign.withValidity(brief))).isEqualTo(new ShortensValidity());
    assertThat(ledger.find(id)).contains(campaign);
  }

  @Test
  void a_closed_campaigns_validity_can_be_extended() {
    Validity brief = new Validity(null, null, Duration.ofDays(1));
    Campaign fresh = Campaigns.open(3).withValidity(brief);
    ledger.create(fresh);
    node.serve(fresh.id());
    assertThat(node.issue(fresh.id(), "a")).isCompleted();
    changes.change(1, fresh.withState(CampaignState.CLOSED));
    Campaign extended = fresh.withState(CampaignState.CLOSED).withValidity(Validity.ALWAYS);

    assertThat(changes.change(2, extended)).isEqualTo(new Changed(extended.withVersion(3)));
    assertThat(changes.change(3, fresh.withState(CampaignState.CLOSED)))
        .isEqualTo(new ShortensValidity());
  }

  @Test
  void an_opening_that_the_first_coupon_overtakes_is_refused_and_undone() {
    Campaign fresh = Campaigns.open(3);
    ledger.create(fresh);
    node.serve(fresh.id());
    beforeTheFirst(
        "change",
        () -> assertThat(node.issue(fresh.id(), "first").join()).isInstanceOf(Accepted.class));
    assertThat(changes.change(1, opensAhead(fresh))).isEqualTo(new AlreadyOpened());
    assertThat(ledger.find(fresh.id()).orElseThrow().window()).isEqualTo(fresh.window());
    node.serve(fresh.id());
    assertThat(node.issue(fresh.id(), "second").join()).isInstanceOf(Accepted.class);
  }

  @Test
  void close_is_final_and_leaves_the_name() {
    Campaign closed = campaign.withState(CampaignState.CLOSED);
    changes.change(1, closed);
    assertThat(changes.change(2, campaign)).isEqualTo(new Closed());
    assertThat(changes.change(2, closed.withStock(Stock.of(9)))).isEqualTo(new Closed());
    assertThat(ledger.find(id)).contains(closed.withVersion(2));
    Campaign renamed =
        new Campaign(id, "Another", closed.stock(), closed.window(), closed.state(), 2);
    assertThat(changes.change(2, renamed)).isEqualTo(new Changed(renamed.withVersion(3)));
  }

  @Test
  void what_changes_nothing_has_no_version_of_its_own() {
    assertThat(changes.change(1, campaign)).isEqualTo(new Unchanged(campaign));
    assertThat(ledger.find(id)).contains(campaign);
  }

  /** Else who presses again would hear yes to what only the ledger knows. */
  @Test
  void what_changes_nothing_is_a_yes_only_when_redis_has_it() {
    Campaign paused = campaign.withState(CampaignState.PAUSED);
    ledger.change(1, paused);
    keyspace.reach().away(true);
    assertThat(changes.change(2, paused)).isEqualTo(new RedisAway());
    keyspace.reach().away(false);
    assertThat(changes.change(2, paused)).isEqualTo(new Unchanged(paused.withVersion(2)));
    assertThat(node.issue(id, "c")).isCompletedWithValue(new Paused());
  }

  @Test
  void of_two_operators_at_once_one_is_stale() {
    Campaign paused = campaign.withState(CampaignState.PAUSED);
    beforeTheFirst(
        "change",
        () -> assertThat(changes.change(1, paused)).isEqualTo(new Changed(paused.withVersion(2))));
    assertThat(changes.change(1, campaign.withStock(Stock.of(9)))).isEqualTo(new Stale());
    assertThat(ledger.find(id)).contains(paused.withVersion(2));
  }

  @Test
  void another_operators_change_in_between_survives_the_undo() {
    Campaign lower = campaign.withStock(Stock.of(2));
    AtomicBoolean once = new AtomicBoolean();
    keyspace
        .reach()
        .interfere(step -> {
          if (step.call().equals("configure") && !step.done() && once.compareAndSet(false, true)) {
            ledger.change(2, lower.withState(CampaignState.PAUSED));
            keyspace.reach().away(true);
          }
        });
    assertThat(changes.change(1, lower)).isEqualTo(new ConfigChange.Unknown());
    keyspace.reach().away(false);
    assertThat(ledger.find(id)).contains(campaign.withState(CampaignState.PAUSED).withVersion(4));
    node.serve(id);
    assertThat(node.issue(id, "c")).isCompletedWithValue(new Paused());
    node.drain(id);
    assertAgreed();
  }

  @Test
  void an_older_version_and_an_unknown_campaign_change_nothing() {
    assertThat(changes.change(7, campaign)).isEqualTo(new Stale());
    assertThat(changes.change(1, Campaigns.open(1))).isEqualTo(new NotFound());
    assertThat(ledger.find(id)).contains(campaign);
  }

  @Test
  void without_redis_a_narrowing_is_refused_and_leaves_no_trace() {
    keyspace.reach().away(true);
    for (Campaign narrower :
        new Campaign[] {
          campaign.withState(CampaignState.PAUSED),
          campaign.withState(CampaignState.CLOSED),
          campaign.withStock(Stock.of(2)),
          opensAhead(campaign),
          campaign.withEligibility(new Eligibility("tier", List.of("gold"))),
          campaign.withWindow(
              new IssueWindow(
                  campaign.window().opensAt(),
                  campaign.window().closesAt().minus(Duration.ofDays(1))))
        }) {
      assertThat(changes.change(1, narrower)).isEqualTo(new RedisAway());
    }
    assertThat(ledger.find(id)).contains(campaign);
  }

  @Test
  void while_redis_is_being_rebuilt_a_narrowing_is_refused_and_leaves_no_trace() {
    keyspace.wipe();
    assertThat(changes.change(1, campaign.withState(CampaignState.PAUSED)))
        .isEqualTo(new Rebuilding());
    assertThat(ledger.find(id)).contains(campaign);
    assertThat(node.wanted(id)).isPresent();
  }

  @Test
  void without_redis_a_widening_is_pending_until_the_serving_loop_has_looked() {
    keyspace.reach().away(true);
    Campaign more = campaign.withStock(Stock.of(4));
    assertThat(changes.change(1, more)).isEqualTo(new Pending(more.withVersion(2)));
    keyspace.reach().away(false);
    assertThat(node.wanted(id)).isPresent();
    node.serve(id);
    issue("c");
    issue("d");
    node.drain(id);
    assertAgreed();
  }

  private static Campaign opensAhead(Campaign of) {
    return of.withWindow(
        new IssueWindow(Instant.parse("2098-01-01T00:00:00Z"), of.window().closesAt()));
  }

  private void beforeTheFirst(String call, Runnable work) {
    AtomicBoolean done = new AtomicBoolean();
    Interference with =
        step -> {
          if (step.call().equals(call) && !step.done() && done.compareAndSet(false, true)) {
            work.run();
          }
        };
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
