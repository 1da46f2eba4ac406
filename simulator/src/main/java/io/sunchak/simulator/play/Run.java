package io.sunchak.simulator.play;

import io.sunchak.admission.log.RedisCampaignKeyspace;
import io.sunchak.core.Campaign;
import io.sunchak.core.CampaignId;
import io.sunchak.core.CampaignState;
import io.sunchak.core.Stock;
import io.sunchak.core.config.ConfigChange;
import io.sunchak.core.ledger.LedgerException;
import io.sunchak.core.testing.Agreement;
import io.sunchak.core.testing.Campaigns;
import io.sunchak.core.testing.InMemoryLedger;
import io.sunchak.core.testing.Interference;
import io.sunchak.judge.Judge;
import io.sunchak.judge.Options;
import io.sunchak.judge.Verdict;
import io.sunchak.simulator.network.Network;
import io.sunchak.simulator.network.RedisProcess;
import io.sunchak.simulator.network.SimulatedLink;
import io.sunchak.simulator.node.Engines;
import io.sunchak.simulator.node.Node;
import io.sunchak.simulator.node.Parts;
import io.sunchak.simulator.redis.store.Snapshot;
import io.sunchak.simulator.time.Host;
import io.sunchak.simulator.time.Scheduler;
import io.sunchak.simulator.time.Trace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One run: nodes on two engines, users who press, the plan's faults, then quiet, in which all heals
 * and is drained, and the judge. Not thread-safe.
 */
public final class Run {
  private static final int OLD_COPIES = 6;
  private static final Duration LEDGER_TIME = Duration.ofMillis(1);
  private static final Duration HEALED = Duration.ofSeconds(10);
  private static final Duration LONGEST_HEALING = Duration.ofSeconds(90);
  private static final Duration RESTS = Duration.ofMillis(1_100);

  /** How often all ask again while some are turned away, since the log was full, say. */
  private static final int ROUNDS = 12;

  /** Calls of a resync: half of the threads that stand still do so there, and lose its lock. */
  private static final Set<String> RESYNC =
      Set.of("begin", "handOver", "withoutHandOver", "inAttempt", "held", "finish");

  private static final Host OUTSIDE = new Host("outside");

  private final Plan plan;
  private final Trace trace;
  private final Random random;
  private final Scheduler scheduler;
  private final InMemoryLedger ledger;
  private final RedisProcess redis;
  private final Network network;
  private final Campaign campaign;
  private final History history;
  private final Cover cover;
  private final Parts parts;
  private final Heard heard;
  private final Node.Surroundings around;
  private final Node[] nodes;
  private final boolean[] down;
  private final List<Backup> backups = new ArrayList<>();
  private final List<Snapshot> copies = new ArrayList<>();
  private final List<String> defects = new ArrayList<>();
  private @Nullable Step freeze;
  private long awayUntil;
  private long muteUntil;
  private long highestStock;
  private boolean lowered;

  /** An older copy of the ledger, and the config's version in it. */
  private record Backup(InMemoryLedger.Snapshot held, long version) {}

  /** A run of that plan that has not begun; its trace is kept or only hashed. */
  public Run(Plan plan, boolean kept) {
    this(plan, kept, Parts.REAL);
  }

  /** As the other one, with these parts in the place of the product's own. */
  Run(Plan plan, boolean kept, Parts parts) {
    this.parts = parts;
    this.plan = plan;
    this.trace = new Trace(kept);
    this.random = new Random(plan.seed() * 31 + 7);
    this.scheduler = new Scheduler(trace);
    this.ledger = new InMemoryLedger(scheduler);
    this.redis = new RedisProcess(scheduler, random, parts::script, parts.syncsFirst());
    this.network = new Network(scheduler, random, redis);
    this.campaign =
        new Campaign(
            new CampaignId("sim"),
            "Simulated",
            Stock.of(plan.stock()),
            Campaigns.OPEN,
            CampaignState.ACTIVE,
            1);
    this.highestStock = plan.stock();
    this.history = new History(scheduler, trace);
    this.cover = new Cover(ledger, redis.memory(), campaign.id(), history);
    this.heard = new Heard(scheduler, trace);
    this.around =
        new Node.Surroundings(
            scheduler,
            random,
            new Engines(ledger, network),
            campaign.id(),
            plan.maxBacklog(),
            (loop, surprise) -> defects.add(loop + ": " + surprise),
            parts,
            heard,
            heard::found);
    this.nodes = new Node[plan.nodes()];
    this.down = new boolean[plan.nodes()];
  }

  /** What came of it. */
  public Report play() {
    ledger.create(campaign);
    ledger.reach().interfere(this::ledgerCall);
    try {
      for (int i = 0; i < nodes.length; i++) {
        start(i);
      }
      for (Step step : plan.steps()) {
        scheduler.runUntil(step.at().toNanos());
        take(step);
      }
      heal();
      Verdict verdict = settle();
      List<String> found = new ArrayList<>(defects);
      verdict.violations().forEach(one -> found.add(one.toString()));
      found.addAll(needlessRepairs());
      if (found.isEmpty()) {
        found.addAll(disagreements());
      }
      return report(found);
    } catch (IllegalStateException | AssertionError defect) {
      trace.add(scheduler.now(), () -> "DEFECT " + defect);
      return report(List.of("defect: " + defect));
    } finally {
      scheduler.close();
    }
  }

  private Report report(List<String> found) {
    return new Report(plan, found, trace.hash(), trace.lines());
  }

  private void start(int i) {
    nodes[i] = new Node("node-" + i, around);
    down[i] = false;
  }

  /** On the caller's thread, around each transaction. */
  private void ledgerCall(Interference.Step call) {
    if (!scheduler.isInActor()) {
      return;
    }
    long wait = random.nextLong(LEDGER_TIME.toNanos());
    boolean inResync = RESYNC.contains(call.call());
    if (freeze != null && random.nextInt(4) == 0 && (inResync || freeze.number() % 2 == 0)) {
      wait += Duration.ofMillis(20 + freeze.number() / 2 % 5_000).toNanos();
      freeze = null;
      if (inResync) {
        ledger.dropLocks();
      }
      trace.add(scheduler.now(), () -> "a thread stands still at " + call);
    }
    scheduler.sleep(wait);
    if (!call.done() && awayUntil > scheduler.now()) {
      throw new LedgerException("the ledger is away", null);
    }
    if (call.done() && muteUntil > scheduler.now()) {
      ledger.dropLocks(); // the session ends with the answer
      throw new LedgerException("the ledger's answer was lost", null);
    }
  }

  private void take(Step step) {
    Node node = nodes[step.node()];
    int number = step.number();
    if (step.kind() != Step.Kind.PRESS) {
      trace.add(scheduler.now(), () -> step.kind() + " " + step.node());
    }
    switch (step.kind()) {
      case PRESS -> press(step.node(), number);
      case KILL_NODE -> killNode(step.node(), number);
      case STOP_NODE -> {
        if (cover.mayDoWithout(node, able())) {
          node.host().pauseUntil(scheduler.now() + millis(number, 50, 6_000));
        }
      }
      case FREEZE_THREAD -> freeze = step;
      case KILL_REDIS -> {
        redis.crash();
        scheduler.after(millis(number, 10, 2_000), OUTSIDE, redis::start);
      }
      case STOP_REDIS -> redis.pauseUntil(scheduler.now() + millis(number, 50, 5_000));
      case LOSE_REDIS -> loseRedis(number);
      case CUT -> network.cut(node.host(), number % 2 == 0);
      case SLOW ->
          network.slow(
              node.host(),
              Duration.ofNanos(millis(number, 2, 2_000)),
              Duration.ofNanos(millis(number / 7, 50, 3_000)));
      case LEDGER_AWAY -> awayUntil = scheduler.now() + millis(number, 50, 4_000);
      case LEDGER_MUTE -> muteUntil = scheduler.now() + millis(number, 5, 500);
      case RESTORE_LEDGER -> restoreLedger(number);
      case COPY -> {
        long version = ledger.stored(campaign.id()).campaign().version();
        keepOne(backups, new Backup(ledger.snapshot(), version));
        keepOne(copies, redis.memory().snapshot());
      }
      case CHANGE -> change(node, number);
    }
  }

  private static long millis(int number, int least, int most) {
    // Most are short: a few are long.
    int span = number % 4 == 0 ? most - least : (most - least) / 10 + 1;
    return Duration.ofMillis(least + (number / 4) % span).toNanos();
  }

  private void press(int node, int number) {
    int many = 1 + number % 5;
    for (int i = 0; i < many; i++) {
      ask(node, "u" + (number / 5 + i * 7) % (3 * plan.stock()));
    }
  }

  private void ask(int node, String user) {
    Node asked = nodes[node];
    if (down[node]) {
      return;
    }
    History.Asked one = history.ask(user);
    scheduler.after(
        random.nextLong(1_000_000),
        asked.host(),
        () -> {
          trace.add(scheduler.now(), () -> user + " asks node " + node);
          var _ =
              asked
                  .issue(user)
                  .whenComplete((outcome, error) -> {
                    one.tell(outcome, error);
                    parts.answered(outcome, redis.memory());
                  });
        });
  }

  private void killNode(int i, int number) {
    if (!down[i] && cover.mayDoWithout(nodes[i], able())) {
      scheduler.kill(nodes[i].host());
      down[i] = true;
      ledger.dropLocks();
      scheduler.after(millis(number, 10, 3_000), OUTSIDE, () -> start(i));
    }
  }

  /** The nodes that live and do not stand still. */
  private List<Node> able() {
    List<Node> able = new ArrayList<>();
    for (int i = 0; i < nodes.length; i++) {
      if (!down[i] && !nodes[i].host().isPaused(scheduler.now())) {
        able.add(nodes[i]);
      }
    }
    return able;
  }

  private void loseRedis(int number) {
    if (!cover.mayLoseRedis(able())) {
      trace.add(scheduler.now(), () -> "  not now");
    } else if (copies.isEmpty() || number % 2 == 0) {
      redis.wipe();
    } else {
      redis.become(copies.get(number / 2 % copies.size()));
    }
  }

  /**
   * Not while a resync runs: it unlinks Redis' keys because the ledger has committed what they
   * held, and asks nobody in between whether the ledger still has it. Nor to before a change of the
   * config: a ledger that has forgotten a raise refuses the numbers above its stock, whatever Redis
   * says.
   */
  private void restoreLedger(int number) {
    boolean resync = ledger.rebuilding(Set.of(campaign.id())).size() > 0;
    long version = ledger.stored(campaign.id()).campaign().version();
    Backup backup = backups.isEmpty() ? null : backups.get(number % backups.size());
    if (backup != null && backup.version() == version && !resync && cover.mayRestoreLedger()) {
      ledger.restore(backup.held());
      ledger.dropLocks();
    } else {
      trace.add(scheduler.now(), () -> "  not now");
    }
  }

  private <T> void keepOne(List<T> kept, T copy) {
    if (kept.size() == OLD_COPIES) {
      kept.remove(random.nextInt(OLD_COPIES));
    }
    kept.add(copy);
  }

  private void change(Node node, int number) {
    Campaign now = ledger.stored(campaign.id()).campaign();
    Long total = now.stock().total();
    long stock = total == null ? plan.stock() : total;
    Campaign changed =
        switch (number % 4) {
          case 0 -> now.withStock(Stock.of(stock + 1 + number / 4 % 5));
          case 1 -> now.withStock(Stock.of(Math.max(1, stock - 1 - number / 4 % 3)));
          case 2 -> state(now, CampaignState.PAUSED);
          default -> state(now, CampaignState.ACTIVE);
        };
    Long after = changed.stock().total();
    long wanted = after == null ? stock : after;
    lowered |= wanted < stock;
    highestStock = Math.max(highestStock, wanted);
    if (wanted == stock) {
      node.change(now.version(), changed, this::told, () -> {});
      return;
    }
    long begun = history.changes();
    node.change(
        now.version(),
        changed,
        result -> {
          told(result);
          if (wanted > stock && result instanceof ConfigChange.Changed) {
            // The operator hears of it when no node repeats an earlier refusal any more.
            scheduler.after(RESTS, OUTSIDE, () -> history.changed(begun));
          }
        },
        () -> {});
  }

  private void told(ConfigChange.Result result) {
    trace.add(scheduler.now(), () -> "changed: " + result.getClass().getSimpleName());
  }

  private static Campaign state(Campaign now, CampaignState state) {
    return new Campaign(now.id(), now.name(), now.stock(), now.window(), state, now.version());
  }

  /** The last fault has ended. */
  private void heal() {
    trace.add(scheduler.now(), () -> "all heals");
    awayUntil = 0;
    muteUntil = 0;
    freeze = null;
    redis.start();
    runFor(HEALED);
  }

  private void runFor(Duration time) {
    scheduler.runUntil(scheduler.now() + time.toNanos());
  }

  private Verdict settle() {
    reopen();
    runFor(Duration.ofSeconds(3));
    long before = -1;
    for (int round = 0; round < ROUNDS && history.turnedAway() != before; round++) {
      before = history.turnedAway();
      askAll();
      runFor(Duration.ofSeconds(1));
    }
    ask(0, "late");
    long deadline = scheduler.now() + LONGEST_HEALING.toNanos();
    do {
      runFor(Duration.ofSeconds(2));
    } while (!isDrained() && scheduler.now() < deadline);
    if (!isDrained()) {
      defects.add("I8: not drained " + LONGEST_HEALING + " after the last fault");
    }
    var stored = ledger.stored(campaign.id());
    boolean open = stored.campaign().state() == CampaignState.ACTIVE;
    List<Options.Raise> raises = new ArrayList<>(history.raises());
    if (lowered) {
      raises.add(new Options.Raise(0, Long.MAX_VALUE));
    }
    return Judge.check(
        history.invocations(),
        stored.heldByRows(),
        stored.heldByFailures(),
        highestStock,
        new Options(true, open && !lowered && raises.isEmpty(), raises, Set.of()));
  }

  /** Of what nobody lost there is nothing to repair. */
  private List<String> needlessRepairs() {
    boolean lost =
        plan.steps().stream()
            .anyMatch(step ->
                step.kind() == Step.Kind.LOSE_REDIS || step.kind() == Step.Kind.RESTORE_LEDGER);
    return lost
        ? List.of()
        : heard.repairs().stream()
            .map(repair -> "repaired, though nothing was lost: " + repair)
            .toList();
  }

  /** More users than there is stock. */
  private void askAll() {
    for (int i = 0; i < 3 * plan.stock(); i++) {
      ask(i % nodes.length, "u" + i);
    }
    for (int i = 0; i < highestStock; i++) {
      ask(i % nodes.length, "v" + i);
    }
  }

  private void reopen() {
    Campaign now = ledger.stored(campaign.id()).campaign();
    if (now.state() == CampaignState.PAUSED) {
      nodes[0].change(now.version(), state(now, CampaignState.ACTIVE), result -> {}, () -> {});
    }
  }

  private boolean isDrained() {
    return disagreements().isEmpty();
  }

  /** I10, by a bystander's own connection. */
  private List<String> disagreements() {
    Host bystander = new Host("bystander");
    RedisCampaignKeyspace keyspace =
        new RedisCampaignKeyspace(new SimulatedLink(network, bystander, Duration.ofSeconds(1)));
    List<Optional<List<String>>> found = new ArrayList<>();
    scheduler.spawn(
        bystander,
        "look",
        () -> {
          scheduler.sleep(Duration.ofMillis(10));
          found.add(Optional.of(Agreement.disagreements(keyspace, ledger.stored(campaign.id()))));
        });
    runFor(Duration.ofSeconds(1));
    scheduler.kill(bystander);
    return found.isEmpty() ? List.of("Redis cannot be asked") : found.getFirst().orElseThrow();
  }
}
