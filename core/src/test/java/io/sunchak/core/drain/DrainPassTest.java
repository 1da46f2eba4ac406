package io.sunchak.core.drain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.sunchak.core.Campaign;
import io.sunchak.core.CampaignId;
import io.sunchak.core.Coupon;
import io.sunchak.core.IssueOutcome.Accepted;
import io.sunchak.core.IssueOutcome.AlreadyIssued;
import io.sunchak.core.Reservation;
import io.sunchak.core.drain.PassResult.Absent;
import io.sunchak.core.drain.PassResult.Disagreed;
import io.sunchak.core.drain.PassResult.Failed;
import io.sunchak.core.drain.PassResult.Idle;
import io.sunchak.core.drain.PassResult.Moved;
import io.sunchak.core.drain.PassResult.OthersTurn;
import io.sunchak.core.drain.PassResult.Overtaken;
import io.sunchak.core.drain.PassResult.Stopped;
import io.sunchak.core.ledger.CouponLedger.Failure;
import io.sunchak.core.ledger.DrainLedger;
import io.sunchak.core.ledger.LedgerException;
import io.sunchak.core.log.Disagreement;
import io.sunchak.core.log.ReservationLog;
import io.sunchak.core.testing.Agreement;
import io.sunchak.core.testing.Campaigns;
import io.sunchak.core.testing.Death;
import io.sunchak.core.testing.InMemoryKeyspace;
import io.sunchak.core.testing.InMemoryLedger;
import io.sunchak.core.testing.Interference;
import io.sunchak.core.testing.ManualNode;
import io.sunchak.core.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DrainPassTest {
  private final SettableClock clock = new SettableClock();
  private final InMemoryLedger ledger = new InMemoryLedger(clock);
  private final InMemoryKeyspace keyspace = new InMemoryKeyspace(clock);
  private final ManualNode node = new ManualNode(ledger, keyspace, clock);
  private final ManualNode other = new ManualNode(ledger, keyspace, clock);
  private final Campaign campaign = Campaigns.open(1_000);
  private final CampaignId id = campaign.id();
  private final Heard heard = new Heard();
  private long nanoTime;
  private final DrainPass pass = new DrainPass(node.drainPorts(), heard, clock);

  /** What the drain told. */
  private static final class Heard implements DrainListener {
    private final List<String> failures = new ArrayList<>();
    private final List<String> stops = new ArrayList<>();
    private final List<RuntimeException> errors = new ArrayList<>();
    private long drained = -1;
    private long backlog = -1;
    private @Nullable Instant oldest;
    private double lagSeconds = -1;

    @Override
    public void onBatch(CampaignId campaign, int rows, long nanos, double lag) {
      lagSeconds = lag;
    }

    @Override
    public void onDrained(CampaignId campaign, long cursor) {
      drained = cursor;
    }

    @Override
    public void onFailure(CampaignId campaign, Reservation reservation, String reason) {
      failures.add(reservation.user());
    }

    @Override
    public void onBacklog(CampaignId campaign, long held, @Nullable Instant first) {
      backlog = held;
      oldest = first;
    }

    @Override
    public void onError(CampaignId campaign, RuntimeException error) {
      errors.add(error);
    }

    @Override
    public void onStopped(CampaignId campaign, String reason) {
      stops.add(reason);
    }
  }

  @BeforeEach
  void open() {
    ledger.create(campaign);
    node.serve(id);
    other.serve(id);
    ledger.poison(row -> row.user().startsWith("bad"));
  }

  @Test
  void what_was_accepted_becomes_rows_in_order_and_leaves_the_log_a_pass_later() {
    given("a", "b", "c");
    clock.advance(Duration.ofSeconds(2));
    assertThat(next()).isEqualTo(new Moved(3, 0, false));
    assertRows("a", "b", "c");
    assertThat(keyspace.logged(id)).hasSize(3);
    assertThat(node.promised(id)).isEmpty();
    assertThat(heard.drained).isEqualTo(3);
    assertThat(heard.backlog).isEqualTo(3);
    assertThat(heard.oldest).isEqualTo(clock.instant().minusSeconds(2));
    assertThat(heard.lagSeconds).isEqualTo(2);
    assertThat(next()).isEqualTo(new Idle());
    assertThat(keyspace.logged(id)).isEmpty();
    assertThat(heard.backlog).isZero();
    assertThat(heard.oldest).isNull();
  }

  @Test
  void an_idle_campaign_costs_the_ledger_nothing() {
    next();
    List<String> calls = new ArrayList<>();
    ledger.reach().interfere(step -> calls.add(step.call()));
    assertThat(next()).isEqualTo(new Idle());
    assertThat(calls).isEmpty();
  }

  @Test
  void what_the_ledger_does_not_know_is_absent() {
    assertThat(pass.runOnce(Campaigns.freshId())).isEqualTo(new Absent());
    InMemoryLedger.Snapshot empty = new InMemoryLedger(clock).snapshot();
    next();
    ledger.restore(empty);
    keyspace.wipe();
    assertThat(next()).as("remembered, but gone").isEqualTo(new Absent());
  }

  @Test
  void a_poison_row_is_kept_as_a_failure_and_the_rest_proceeds() {
    given("a", "bad", "c");
    assertThat(next()).isEqualTo(new Moved(2, 1, false));
    assertRows("a", "c");
    assertThat(ledger.stored(id).failures())
        .extracting(Failure::sequence, Failure::user)
        .containsExactly(tuple(2L, "bad"));
    assertThat(heard.failures).containsExactly("bad");
    assertThat(next()).isEqualTo(new Idle());
    assertThat(node.issue(id, "bad")).isCompletedWithValue(new AlreadyIssued(2));
    assertAgreement();
  }

  @Test
  void more_than_ten_bad_rows_in_a_row_stop_the_drain_and_keep_what_was_written() {
    given("a");
    given(many("bad", 12));
    given("c");
    assertThat(next()).isInstanceOf(Stopped.class);
    assertRows("a");
    assertThat(heard.failures).hasSize(10);
    assertThat(heard.drained).isEqualTo(11);
    assertThat(keyspace.logged(id)).as("nothing was dropped").hasSize(14);
    assertThat(next()).as("it stands where it stood").isInstanceOf(Stopped.class);
    assertThat(heard.stops).hasSize(2);
    assertThat(heard.failures).hasSize(10);
  }

  @Test
  void a_stopped_drain_goes_on_once_the_ledger_takes_the_row() {
    given(many("bad", 12));
    next();
    ledger.poison(row -> false);
    assertThat(next()).isEqualTo(new Moved(2, 0, false));
    assertRows("bad-11", "bad-12");
  }

  @Test
  void a_stopped_drain_goes_on_once_the_bad_rows_are_forgotten() {
    given(many("bad", 12));
    next();
    pass.forget(id);
    assertThat(next()).isEqualTo(new Moved(0, 2, false));
    assertThat(heard.failures).hasSize(12);
  }

  @Test
  void trouble_that_no_retry_mends_stops_the_drain_and_is_an_alarm() {
    given("a");
    at("append", new LedgerException.Permanent("no such table", null));
    assertThat(next()).isEqualTo(new Stopped("no such table"));
    assertThat(heard.stops).containsExactly("no such table");
    interfere(Interference.NONE);
    assertThat(next()).isEqualTo(new Moved(1, 0, false));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void an_engine_that_is_away_is_tried_again_and_nothing_is_dropped(boolean redis) {
    given("a");
    var reach = redis ? keyspace.reach() : ledger.reach();
    reach.away(true);
    assertThat(next()).isInstanceOf(Failed.class);
    assertThat(next()).isInstanceOf(Failed.class);
    assertThat(heard.errors).hasSize(2);
    reach.away(false);
    assertThat(next()).isEqualTo(new Moved(1, 0, false));
    assertRows("a");
  }

  @Test
  void a_commit_whose_answer_was_lost_is_not_written_again() {
    given("a", "b");
    ledger
        .reach()
        .interfere(step -> {
          if (step.call().equals("append") && step.done()) {
            throw new LedgerException("connection reset", null);
          }
        });
    assertThat(next()).isInstanceOf(Failed.class);
    interfere(Interference.NONE);
    assertThat(next()).isEqualTo(new Idle());
    assertRows("a", "b");
    assertThat(heard.drained).isEqualTo(2);
    node.watch();
    assertThat(node.promised(id)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"META, UNINITIALIZED", "ISSUED, ROLLED_BACK", "LOG, HOLE"})
  void a_lost_key_asks_for_resync_and_nothing_is_written(
      InMemoryKeyspace.Key lost, Disagreement why) {
    given("a", "b");
    keyspace.delete(id, lost);
    assertThat(next()).isEqualTo(new Disagreed(why));
    assertThat(node.wanted(id)).contains(Optional.of(why));
    assertRows();
  }

  @Test
  void a_campaign_that_is_being_rebuilt_is_left_alone() {
    given("a");
    ledger.begin(id, 0);
    assertThat(next()).isEqualTo(new Disagreed(Disagreement.REBUILDING));
    assertRows();
  }

  @Test
  void a_user_whom_the_ledger_has_already_asks_for_a_resync() {
    DrainPass drifted = reading(entry(1, 1, "a"), entry(1, 2, "a"));
    assertThat(drifted.runOnce(id)).isEqualTo(new Disagreed(Disagreement.HOLE));
    assertThat(heard.errors).hasOnlyElementsOfType(LedgerException.Duplicate.class);
    assertThat(node.wanted(id)).contains(Optional.of(Disagreement.HOLE));
    assertRows();
  }

  @ParameterizedTest
  @CsvSource({"1, 3", "2, 2"})
  void a_hole_or_another_epoch_within_a_batch_asks_for_a_resync(long epoch, long sequence) {
    DrainPass torn = reading(entry(1, 1, "a"), entry(epoch, sequence, "b"));
    assertThat(torn.runOnce(id)).isEqualTo(new Disagreed(Disagreement.HOLE));
    assertThat(node.wanted(id)).contains(Optional.of(Disagreement.HOLE));
    assertRows();
  }

  @Test
  void what_another_node_drained_and_trimmed_looks_like_a_hole_but_is_none() {
    next();
    given("a");
    other.drain(id);
    assertThat(next()).isEqualTo(new Overtaken());
    assertThat(node.wanted(id)).isEmpty();
    assertThat(heard.drained).isEqualTo(1);
    node.watch();
    assertThat(node.promised(id)).isEmpty();
    given("b");
    assertThat(next()).isEqualTo(new Moved(1, 0, false));
    assertRows("a", "b");
  }

  @Test
  void a_batch_that_another_node_wrote_first_is_not_written_again() {
    given("a", "b");
    before("append", () -> other.pass(id));
    assertThat(next()).isEqualTo(new Overtaken());
    assertThat(next()).isEqualTo(new Idle());
    assertRows("a", "b");
  }

  @Test
  void while_another_node_has_its_turn_nothing_is_written_and_then_all() {
    TurnsOfOthers turns = new TurnsOfOthers(node.drainPorts().ledger());
    DrainPass waiting = over(turns);
    given("a", "b");
    turns.left = Duration.ofMillis(300);
    assertThat(waiting.runOnce(id)).isEqualTo(new OthersTurn(Duration.ofMillis(300)));
    assertThat(heard.backlog).isEqualTo(2);
    assertRows();
    turns.left = Duration.ofMillis(-1);
    assertThat(waiting.runOnce(id)).isEqualTo(new Moved(2, 0, false));
    assertRows("a", "b");
  }

  @Test
  void within_its_own_turn_a_node_asks_for_no_others() {
    TurnsOfOthers turns = new TurnsOfOthers(node.drainPorts().ledger());
    DrainPass busy = over(turns);
    given(many("a", DrainLedger.BUSY));
    busy.runOnce(id);
    given("b");
    assertThat(busy.runOnce(id)).isEqualTo(new Moved(1, 0, false));
    assertThat(turns.asked).isEqualTo(1);
  }

  /** The ledger measured the turn by the last of the parts that it took. */
  @ParameterizedTest
  @CsvSource({"c, 1", "bad, 2"})
  void its_own_turn_is_as_long_as_the_ledger_gave_it(String last, int askedAfterwards) {
    TurnsOfOthers turns = new TurnsOfOthers(node.drainPorts().ledger());
    DrainPass busy = over(turns);
    given(many("a", DrainLedger.BUSY));
    given(last);
    busy.runOnce(id);
    nanoTime += DrainLedger.turnAfter(1).toNanos();
    given("b");
    busy.runOnce(id);
    assertThat(turns.asked).isEqualTo(askedAfterwards);
  }

  /** A ledger in which another node has a turn. */
  private static final class TurnsOfOthers implements DrainLedger {
    private final DrainLedger ledger;
    private Duration left = Duration.ZERO;
    private int asked;

    TurnsOfOthers(DrainLedger ledger) {
      this.ledger = ledger;
    }

    @Override
    public Duration othersTurn(CampaignId campaign) {
      asked++;
      return left;
    }

    @Override
    public boolean append(CampaignId campaign, long epoch, long cursor, List<Reservation> batch) {
      return ledger.append(campaign, epoch, cursor, batch);
    }

    @Override
    public boolean appendFailure(
        CampaignId campaign, long epoch, long cursor, Reservation reservation, String reason) {
      return ledger.appendFailure(campaign, epoch, cursor, reservation, reason);
    }
  }

  private DrainPass over(DrainLedger ledger) {
    DrainPorts ports = node.drainPorts();
    return new DrainPass(
        new DrainPorts(ports.campaigns(), ledger, ports.log(), ports.promises(), ports.checks()),
        heard,
        clock,
        () -> nanoTime);
  }

  @Test
  void a_number_that_another_node_gave_to_another_user_asks_for_a_resync() {
    InMemoryKeyspace.Snapshot older = keyspace.snapshot();
    given("lost");
    keyspace.restore(older);
    other.serve(id);
    assertThat(other.issue(id, "taker").join()).isInstanceOf(Accepted.class);
    other.drain(id);
    node.watch();
    assertThat(node.wanted(id)).isPresent();
    assertThat(node.promised(id)).extracting(Reservation::user).containsExactly("lost");
  }

  @Test
  void a_ledger_that_went_back_is_noticed_though_nobody_issues() {
    InMemoryLedger.Snapshot backup = ledger.snapshot();
    given("a");
    next();
    ledger.restore(backup);
    IntStream.rangeClosed(0, DrainPass.IDLE_PASSES_PER_HEAD).forEach(i -> next());
    assertThat(node.wanted(id)).contains(Optional.of(Disagreement.HOLE));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_death_between_any_two_steps_loses_nothing_and_writes_nothing_twice(boolean afterTheCall) {
    given("a", "bad", "c");
    InMemoryLedger.Snapshot rows = ledger.snapshot();
    InMemoryKeyspace.Snapshot keys = keyspace.snapshot();
    List<String> calls = new ArrayList<>();
    interfere(step -> calls.addAll(step.done() == afterTheCall ? List.of(step.call()) : List.of()));
    next();
    next();
    assertThat(calls).contains("head", "read", "append", "appendFailure");
    for (int deadly = 0; deadly < calls.size(); deadly++) {
      ledger.restore(rows);
      keyspace.restore(keys);
      ManualNode dying = new ManualNode(ledger, keyspace, clock);
      interfere(Death.at(deadly, afterTheCall));
      assertThatThrownBy(() -> dying.drain(id))
          .as("death at %s", calls.get(deadly))
          .isInstanceOf(Death.class);
      interfere(Interference.NONE);
      new ManualNode(ledger, keyspace, clock).drain(id);
      assertRows("a", "c");
      assertThat(ledger.stored(id).failures()).extracting(Failure::user).containsExactly("bad");
      assertAgreement();
    }
  }

  private void at(String call, RuntimeException error) {
    before(
        call,
        () -> {
          throw error;
        });
  }

  /** Does {@code first} before the first such call. */
  private void before(String call, Runnable first) {
    interfere(step -> {
      if (step.call().equals(call) && !step.done()) {
        interfere(Interference.NONE);
        first.run();
      }
    });
  }

  private void interfere(Interference with) {
    ledger.reach().interfere(with);
    keyspace.reach().interfere(with);
  }

  /** A pass over a log that says just this. */
  private DrainPass reading(Reservation... entries) {
    DrainPorts ports = node.drainPorts();
    ReservationLog log =
        (campaignId, ledgerId, epoch, cursor, last, max) ->
            new ReservationLog.Entries(List.of(entries), entries.length);
    return new DrainPass(
        new DrainPorts(ports.campaigns(), ports.ledger(), log, ports.promises(), ports.checks()),
        heard,
        clock);
  }

  private Reservation entry(long epoch, long sequence, String user) {
    return new Reservation(epoch, sequence, user, clock.instant());
  }

  private PassResult next() {
    return pass.runOnce(id);
  }

  private void given(String... users) {
    for (String user : users) {
      assertThat(node.issue(id, user).join()).isInstanceOf(Accepted.class);
    }
  }

  private static String[] many(String name, int count) {
    return IntStream.rangeClosed(1, count).mapToObj(n -> name + "-" + n).toArray(String[]::new);
  }

  private void assertRows(String... users) {
    assertThat(ledger.stored(id).rows()).extracting(Coupon::user).containsExactly(users);
  }

  private void assertAgreement() {
    assertThat(Agreement.disagreements(keyspace, ledger.stored(id))).isEmpty();
  }
}
