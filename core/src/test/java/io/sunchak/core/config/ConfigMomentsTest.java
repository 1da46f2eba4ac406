package io.sunchak.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.sunchak.core.Campaign;
import io.sunchak.core.CampaignId;
import io.sunchak.core.CampaignState;
import io.sunchak.core.IssueOutcome;
import io.sunchak.core.IssueWindow;
import io.sunchak.core.Stock;
import io.sunchak.core.config.ConfigChange.Result;
import io.sunchak.core.ledger.CampaignLedger;
import io.sunchak.core.ledger.LedgerException;
import io.sunchak.core.ledger.LedgerHead;
import io.sunchak.core.ledger.Progress;
import io.sunchak.core.log.LogException;
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
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every change of a config × every step of it × whatever goes away there: before the step, or after
 * it with its answer lost. Whoever was told yes is not deceived, whoever was told no finds no
 * trace, and one look of any node brings both sides into agreement, for good.
 */
class ConfigMomentsTest {
  private static final String[] LATER = {"c", "d", "e", "f"};

  /** The changes of P6b, those that narrow first. */
  enum Change {
    LOWERED,
    LIMITED,
    PAUSED,
    CLOSED,
    ENDED_EARLIER,
    OPENED_LATER,
    LOWERED_AND_RESUMED,
    RAISED_AND_PAUSED,
    RAISED,
    RESUMED,
    ENDED_LATER;

    Campaign of(Campaign c) {
      return switch (this) {
        case LOWERED, LIMITED -> c.withStock(Stock.of(3));
        case PAUSED -> c.withState(CampaignState.PAUSED);
        case CLOSED -> c.withState(CampaignState.CLOSED);
        case ENDED_EARLIER -> c.withWindow(window(c.window().opensAt(), -1));
        case OPENED_LATER -> c.withWindow(window(Instant.parse("2098-01-01T00:00:00Z"), 0));
        case LOWERED_AND_RESUMED -> c.withStock(Stock.of(3)).withState(CampaignState.ACTIVE);
        case RAISED_AND_PAUSED -> c.withStock(Stock.of(9)).withState(CampaignState.PAUSED);
        case RAISED -> c.withStock(Stock.of(6));
        case RESUMED -> c.withState(CampaignState.ACTIVE);
        case ENDED_LATER -> c.withWindow(window(c.window().opensAt(), 1));
      };
    }

    private static IssueWindow window(Instant opens, int days) {
      return new IssueWindow(opens, Campaigns.OPEN.closesAt().plus(Duration.ofDays(days)));
    }

    Campaign before() {
      return switch (this) {
        case LIMITED -> Campaigns.in(Campaigns.OPEN, Stock.unlimited());
        case RESUMED, LOWERED_AND_RESUMED -> Campaigns.open(4).withState(CampaignState.PAUSED);
        default -> Campaigns.open(4);
      };
    }

    /** How many are given before it: an opening can be moved, and a limit set, while none are. */
    int given() {
      return switch (this) {
        case LIMITED, OPENED_LATER, RESUMED, LOWERED_AND_RESUMED -> 0;
        default -> 2;
      };
    }

    boolean narrows() {
      return compareTo(RAISED) < 0;
    }
  }

  /** What happens at a step. */
  enum Fate {
    REDIS_AWAY,
    LEDGER_AWAY,
    BOTH_AWAY,
    NODE_KILLED,
    /** Only this answer is lost. */
    ANSWER_LOST,
    /** Nothing goes away; as at every fate, users come. */
    NONE
  }

  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  static Stream<Arguments> cases() {
    return Stream.of(Change.values())
        .flatMap(change -> Stream.of(Fate.values()).map(fate -> Arguments.of(change, fate)));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void is_told_truly_and_converges(Change change, Fate fate) {
    int steps = new Trial(change, Fate.NONE, Integer.MAX_VALUE, 0).run().steps;
    assertThat(steps).isGreaterThan(6);
    for (int at = 0; at < steps; at++) {
      for (int comers = 0; comers <= 2; comers++) {
        new Trial(change, fate, at, comers).run();
      }
    }
  }

  @Test
  void every_answer_that_is_documented_is_met() {
    List<Class<?>> met = new ArrayList<>();
    for (Change change : Change.values()) {
      for (Fate fate : Fate.values()) {
        for (int at = 0; at < 12; at++) {
          Result told = new Trial(change, fate, at, 2).run().told;
          met.add(told == null ? Void.class : told.getClass());
        }
      }
    }
    assertThat(met)
        .contains(
            ConfigChange.Changed.class,
            ConfigChange.Pending.class,
            ConfigChange.RedisAway.class,
            ConfigChange.Unknown.class,
            ConfigChange.AlreadyOpened.class,
            Void.class);
  }

  /** One change, disturbed at one step, then healed and judged. */
  private static final class Trial {
    private final Change change;
    private final Fate fate;
    private final int at;
    private final int comers;
    private final SettableClock clock = new SettableClock();
    private final InMemoryLedger ledger = new InMemoryLedger(clock);
    private final InMemoryKeyspace keyspace = new InMemoryKeyspace(clock);
    private final ManualNode node = new ManualNode(ledger, keyspace, clock);
    private final Counted own = new Counted(ledger);
    private final Campaign before;
    private int steps;
    private int came;
    private @Nullable Result told;

    Trial(Change change, Fate fate, int at, int comers) {
      this.change = change;
      this.fate = fate;
      this.at = at;
      this.comers = comers;
      this.before = change.before();
    }

    Trial run() {
      ledger.create(before);
      node.serve(before.id());
      for (int i = 0; i < change.given(); i++) {
        come("given-" + i);
      }
      ConfigChange changes = new ConfigChange(new ConfigChange.Ports(ledger, own, keyspace, node));
      Interference disturb = this::disturb;
      ledger.reach().interfere(disturb);
      keyspace.reach().interfere(disturb);
      try {
        told = changes.change(1, change.of(before));
      } catch (Killed | LedgerException nothingTold) {
        told = null;
      }
      judgeAtOnce();
      heal();
      judgeHealed();
      return this;
    }

    private void disturb(Interference.Step step) {
      if (steps++ != at) {
        return;
      }
      for (int i = 0; i < comers; i++) {
        come(LATER[came++]);
      }
      boolean redis = step.engine() == Interference.Engine.REDIS;
      switch (fate) {
        case REDIS_AWAY -> keyspace.reach().away(true);
        case LEDGER_AWAY -> ledger.reach().away(true);
        case BOTH_AWAY -> {
          keyspace.reach().away(true);
          ledger.reach().away(true);
        }
        case NODE_KILLED -> throw new Killed();
        default -> {}
      }
      boolean gone = fate == Fate.BOTH_AWAY || fate == (redis ? Fate.REDIS_AWAY : Fate.LEDGER_AWAY);
      if (fate == Fate.ANSWER_LOST || (gone && step.done())) {
        throw redis ? new LogException("lost", null) : new LedgerException("lost", null);
      }
    }

    private boolean come(String user) {
      return node.issue(before.id(), user).getNow(new IssueOutcome.Unknown())
          instanceof IssueOutcome.Accepted;
    }

    /** Yes to what narrows means that from now on nobody else is let in. */
    private void judgeAtOnce() {
      if (change.narrows() && told instanceof ConfigChange.Changed done) {
        keyspace.reach().away(false);
        ledger.reach().interfere(Interference.NONE);
        keyspace.reach().interfere(Interference.NONE);
        long room =
            done.campaign().state() != CampaignState.ACTIVE || change == Change.OPENED_LATER
                ? 0
                : room(done.campaign());
        long let = 0;
        for (int i = 0; i < 6; i++) {
          let += come("after-" + i) ? 1 : 0;
        }
        assertThat(let).as(this::toString).isLessThanOrEqualTo(room);
      }
    }

    private long room(Campaign told) {
      Long total = told.stock().total();
      return total == null ? Long.MAX_VALUE : total - keyspace.issued(before.id()).size();
    }

    private void heal() {
      ledger.reach().interfere(Interference.NONE);
      keyspace.reach().interfere(Interference.NONE);
      ledger.reach().away(false);
      keyspace.reach().away(false);
      keyspace.reconnect();
      new ManualNode(ledger, keyspace, clock).serve(before.id());
    }

    private void judgeHealed() {
      ManualNode other = new ManualNode(ledger, keyspace, clock);
      long version = config().version();
      other.serve(before.id());
      assertThat(config().version()).as("settled by one look: %s", this).isEqualTo(version);
      other.drain(before.id());
      assertThat(Agreement.disagreements(keyspace, ledger.stored(before.id())))
          .as(this::toString)
          .isEmpty();
      assertThat(config().stock().covers(ledger.stored(before.id()).rows().size()))
          .as(this::toString)
          .isTrue();
      assertThat(own.changes).as("changes that nobody asked for: %s", this).isLessThanOrEqualTo(1);
      judgeWhatWasTold();
    }

    private void judgeWhatWasTold() {
      Campaign wanted = change.of(before);
      if (change.narrows()) {
        assertThat(told instanceof ConfigChange.Pending).as(this::toString).isFalse();
      }
      if (told instanceof ConfigChange.Changed || told instanceof ConfigChange.Pending) {
        assertThat(same(config(), possible(wanted))).as(this::toString).isTrue();
      } else if (told != null && !(told instanceof ConfigChange.Unknown)) {
        assertThat(same(config(), possible(before))).as(this::toString).isTrue();
      } else {
        assertThat(same(config(), possible(wanted)) || same(config(), possible(before)))
            .as("%s: %s", this, config())
            .isTrue();
      }
    }

    /** What was given is given. */
    private Campaign possible(Campaign config) {
      long given = keyspace.issued(before.id()).size();
      Campaign covering = config.stock().covers(given) ? config : config.withStock(Stock.of(given));
      boolean fixed = given > 0 && change == Change.OPENED_LATER;
      return fixed ? covering.withWindow(before.window()) : covering;
    }

    private static boolean same(Campaign one, Campaign other) {
      return one.withVersion(0).equals(other.withVersion(0));
    }

    private Campaign config() {
      return ledger.find(before.id()).orElseThrow();
    }

    @Override
    public String toString() {
      return "%s, %s at step %s, %s came: told %s".formatted(change, fate, at, came, told);
    }
  }

  /** The ledger in the server's own hands. */
  private static final class Counted implements CampaignLedger {
    private final CampaignLedger ledger;
    private int changes;

    Counted(CampaignLedger ledger) {
      this.ledger = ledger;
    }

    @Override
    public Optional<Campaign> change(long expectedVersion, Campaign changed) {
      Optional<Campaign> stored = ledger.change(expectedVersion, changed);
      changes += stored.isPresent() ? 1 : 0;
      return stored;
    }

    @Override
    public boolean create(Campaign campaign) {
      return ledger.create(campaign);
    }

    @Override
    public Optional<Campaign> find(CampaignId id) {
      return ledger.find(id);
    }

    @Override
    public List<Campaign> page(@Nullable CampaignId after, int limit) {
      return ledger.page(after, limit);
    }

    @Override
    public List<Progress> progress(@Nullable CampaignId after, int limit) {
      return ledger.progress(after, limit);
    }

    @Override
    public List<Progress> living(@Nullable CampaignId after, int limit) {
      return ledger.living(after, limit);
    }

    @Override
    public List<Campaign> due(Instant end, @Nullable Campaign after, int limit) {
      return ledger.due(end, after, limit);
    }

    @Override
    public void end(Collection<Campaign> over) {
      ledger.end(over);
    }

    @Override
    public Set<CampaignId> known(Collection<CampaignId> ids) {
      return ledger.known(ids);
    }

    @Override
    public Optional<LedgerHead> head(CampaignId id) {
      return ledger.head(id);
    }

    @Override
    public OptionalLong settled(CampaignId id) {
      return ledger.settled(id);
    }

    @Override
    public Optional<Campaign> archive(CampaignId id) {
      return ledger.archive(id);
    }

    @Override
    public void settle(CampaignId id, long version) {
      ledger.settle(id, version);
    }
  }
}
