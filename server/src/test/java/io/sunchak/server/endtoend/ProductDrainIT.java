package io.sunchak.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.sunchak.core.Campaign;
import io.sunchak.core.CampaignId;
import io.sunchak.core.Coupon;
import io.sunchak.core.IssueOutcome;
import io.sunchak.core.IssueRequest;
import io.sunchak.core.UserId;
import io.sunchak.core.drain.DrainListener;
import io.sunchak.core.drain.DrainPass;
import io.sunchak.core.drain.DrainPorts;
import io.sunchak.core.drain.PassResult;
import io.sunchak.core.ledger.CouponLedger.Failure;
import io.sunchak.core.ledger.LedgerException;
import io.sunchak.core.testing.Campaigns;
import io.sunchak.core.testing.IssueStage;
import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.embedded.directory.DataDirectory;
import io.sunchak.embedded.engine.EngineOptions;
import io.sunchak.server.testing.Poison;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * What each of the lab's four drains fails at (its {@code DrainFlawsIT}), done to the product's:
 * nothing is lost, nothing comes twice, the order is kept. On engines of its own, for every other
 * node would drain these campaigns too.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProductDrainIT {
  private static final long PATIENCE_SECONDS = 60;

  private final DataDirectory data = DataDirectory.ephemeral(Path.of("target"));
  private final EmbeddedEngines engines = EmbeddedEngines.start(data, EngineOptions.defaults());
  private final IssuingNode one = IssuingNode.startWithoutDrain(engines);
  private final IssuingNode other = IssuingNode.startWithoutDrain(engines);
  private final BothSides sides = BothSides.of(engines);
  private final InterruptedLedger ledger = new InterruptedLedger(one.drained().ledger());
  private final DrainPass drain = pass(interrupted(one.drained(), ledger));
  private final DrainPass others = pass(other.drained());
  private CampaignId campaign = Campaigns.freshId();

  /** What ends a process between two lines. */
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  @AfterAll
  void stop() {
    sides.close();
    one.close();
    other.close();
    engines.close();
    data.close();
  }

  @BeforeEach
  void open() {
    Campaign open = Campaigns.open(10_000);
    campaign = open.id();
    sides.create(open);
    one.serve(List.of(campaign));
    other.serve(List.of(campaign));
  }

  /** Whatever a test did: once drained, Redis and the ledger say the same, without a gap. */
  @AfterEach
  void both_sides_agree() {
    drainAll(restarted());
    IssueStage.Stored stored = sides.drained(campaign);
    List<Long> numbers = new ArrayList<>(stored.rows().stream().map(Coupon::sequence).toList());
    stored.failures().forEach(failure -> numbers.add(failure.sequence()));
    assertThat(numbers)
        .containsExactlyInAnyOrderElementsOf(
            LongStream.rangeClosed(1, numbers.size()).boxed().toList());
    assertThat(sides.disagreements(campaign)).isEmpty();
  }

  @Test
  void drain_1_leaves_in_the_log_what_it_did_not_issue() {
    accept("slow", "quick");
    ledger.beforeWriting(() -> {
      throw new LedgerException("no answer in time", null);
    });

    assertThat(drain.runOnce(campaign)).isInstanceOf(PassResult.Failed.class);
    assertThat(issued()).isEmpty();
    assertThat(logged()).containsExactly("slow", "quick");

    drainAll(drain);
    assertThat(issued()).containsExactly("slow", "quick");
    assertThat(logged()).isEmpty();
  }

  @Test
  void drain_2_takes_nothing_away_when_another_pass_overtakes_it() {
    accept("a", "slow");
    ledger.beforeWriting(() -> {
      assertThat(others.runOnce(campaign)).isEqualTo(new PassResult.Moved(2, 0, false));
      accept("c", "d");
    });

    assertThat(drain.runOnce(campaign)).isInstanceOf(PassResult.Overtaken.class);
    assertThat(issued()).containsExactly("a", "slow");
    assertThat(logged()).contains("c", "d");

    drainAll(drain);
    assertThat(issued()).containsExactly("a", "slow", "c", "d");
  }

  @Test
  void drain_2_issues_each_once_however_many_drain_at_once() {
    String[] users = IntStream.rangeClosed(1, 3_000).mapToObj(i -> "u" + i).toArray(String[]::new);
    accept(users);

    CompletableFuture.allOf(
            CompletableFuture.runAsync(() -> drainAll(drain)),
            CompletableFuture.runAsync(() -> drainAll(others)),
            CompletableFuture.runAsync(() -> drainAll(restarted())))
        .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .join();

    assertThat(issued()).containsExactly(users);
  }

  @Test
  void drain_3_keeps_what_is_accepted_during_a_pass() {
    accept("early");
    ledger.beforeWriting(() -> accept("late"));

    assertThat(drain.runOnce(campaign)).isEqualTo(new PassResult.Moved(1, 0, false));
    assertThat(issued()).containsExactly("early");
    assertThat(logged()).contains("late");

    drainAll(drain);
    assertThat(issued()).containsExactly("early", "late");
  }

  /** There is no mark to meet: what one pass reads is what the other one read. */
  @Test
  void drain_3_reads_the_same_in_overlapping_passes() {
    accept("a");
    ledger.beforeWriting(() -> assertThat(logged()).containsExactly("a"));
    ledger.afterCommit(() ->
        assertThat(others.runOnce(campaign))
            .isInstanceOfAny(PassResult.Idle.class, PassResult.Overtaken.class));

    assertThat(drain.runOnce(campaign)).isEqualTo(new PassResult.Moved(1, 0, false));
    assertThat(issued()).containsExactly("a");
  }

  @Test
  void drain_4_loses_nothing_when_it_is_killed_before_its_commit() {
    accept("read", "read-too");
    ledger.beforeWriting(() -> {
      throw new Killed();
    });

    assertThatThrownBy(() -> drain.runOnce(campaign)).isInstanceOf(Killed.class);
    assertThat(issued()).isEmpty();
    assertThat(logged()).containsExactly("read", "read-too");

    drainAll(restarted());
    assertThat(issued()).containsExactly("read", "read-too");
  }

  @Test
  void drain_4_issues_nothing_twice_when_it_is_killed_after_its_commit() {
    accept("a", "b");
    ledger.afterCommit(() -> {
      throw new Killed();
    });

    assertThatThrownBy(() -> drain.runOnce(campaign)).isInstanceOf(Killed.class);
    assertThat(issued()).containsExactly("a", "b");
    assertThat(logged()).as("not trimmed yet").containsExactly("a", "b");

    assertThat(restarted().runOnce(campaign)).isInstanceOf(PassResult.Idle.class);
    assertThat(issued()).containsExactly("a", "b");
    assertThat(logged()).isEmpty();
  }

  @Test
  void a_poisoned_entry_in_the_middle_is_kept_and_holds_nobody_up() {
    accept("a", "bad", "c");
    try (var _ = Poison.of(engines, campaign, "bad")) {
      assertThat(drain.runOnce(campaign)).isEqualTo(new PassResult.Moved(2, 1, false));
    }
    drainAll(drain);

    assertThat(issued()).containsExactly("a", "c");
    assertThat(sides.drained(campaign).failures())
        .extracting(Failure::user, Failure::sequence, Failure::state)
        .containsExactly(tuple("bad", 2L, "OPEN"));
  }

  private DrainPass restarted() {
    return pass(interrupted(one.drained(), ledger));
  }

  private static DrainPorts interrupted(DrainPorts ports, InterruptedLedger ledger) {
    return new DrainPorts(ports.campaigns(), ledger, ports.log(), ports.promises(), ports.checks());
  }

  private static DrainPass pass(DrainPorts ports) {
    return new DrainPass(ports, DrainListener.NONE, InstantSource.system());
  }

  private void drainAll(DrainPass pass) {
    PassResult result;
    do {
      result = pass.runOnce(campaign);
      assertThat(result)
          .isInstanceOfAny(
              PassResult.Moved.class,
              PassResult.Overtaken.class,
              PassResult.OthersTurn.class,
              PassResult.Idle.class);
    } while (!(result instanceof PassResult.Idle));
  }

  /** Accepted in this order. */
  private void accept(String... users) {
    for (String user : users) {
      IssueOutcome outcome =
          one.issuer()
              .issue(new IssueRequest(campaign, new UserId(user)))
              .toCompletableFuture()
              .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
              .join();
      assertThat(outcome).isInstanceOf(IssueOutcome.Accepted.class);
    }
  }

  private List<String> issued() {
    return sides.rows(campaign).stream().map(Coupon::user).toList();
  }

  /** Oldest first. */
  private List<String> logged() {
    List<String> users = new ArrayList<>();
    sides
        .keyspace()
        .forEachLogged(campaign, page -> page.forEach(entry -> users.add(entry.user())));
    return users;
  }
}
