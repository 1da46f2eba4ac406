package io.sunchak.simulator.play;

import io.sunchak.admission.log.RedisCampaignKeyspace;
import io.sunchak.core.Campaign;
import io.sunchak.core.CampaignId;
import io.sunchak.core.CampaignState;
import io.sunchak.core.Stock;
import io.sunchak.core.ledger.NodeName;
import io.sunchak.core.testing.Agreement;
import io.sunchak.core.testing.Campaigns;
import io.sunchak.core.testing.InMemoryLedger;
import io.sunchak.core.testing.IssueStage;
import io.sunchak.simulator.network.Network;
import io.sunchak.simulator.network.RedisProcess;
import io.sunchak.simulator.network.SimulatedLink;
import io.sunchak.simulator.node.Engines;
import io.sunchak.simulator.node.Node;
import io.sunchak.simulator.node.Parts;
import io.sunchak.simulator.time.Host;
import io.sunchak.simulator.time.Scheduler;
import io.sunchak.simulator.time.Trace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The two engines, the network, and the nodes of one run. Not thread-safe. */
final class World {
  /** Where that happens which belongs to no machine of the run. */
  static final Host OUTSIDE = new Host("outside");

  private final Trace trace;
  private final Random random;
  private final Scheduler scheduler;
  private final InMemoryLedger ledger;
  private final LedgerFaults ledgerFaults;
  private final RedisProcess redis;
  private final Network network;
  private final Campaign campaign;
  private final Heard heard;
  private final Parts parts;
  private final Node.Surroundings around;
  private final Node[] nodes;
  private final boolean[] down;
  private int processes;
  private final List<String> defects = new ArrayList<>();

  World(Plan plan, Trace trace, Parts parts) {
    this.trace = trace;
    this.parts = parts;
    this.random = new Random(plan.seed() * 31 + 7);
    this.scheduler = new Scheduler(trace);
    this.ledger = new InMemoryLedger(scheduler);
    this.ledgerFaults = new LedgerFaults(ledger, scheduler, random, trace);
    this.redis = new RedisProcess(scheduler, random, parts::script, parts.sync());
    this.network = new Network(scheduler, random, redis, parts.resends());
    this.campaign =
        new Campaign(
            new CampaignId("sim"),
            "Simulated",
            Stock.of(plan.stock()),
            Campaigns.OPEN,
            CampaignState.ACTIVE,
            1);
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

  /** Creates the campaign and starts all nodes. */
  void start() {
    parts.prepare(ledger);
    ledger.create(campaign);
    ledger.reach().interfere(ledgerFaults::at);
    for (int i = 0; i < nodes.length; i++) {
      start(i);
    }
  }

  private void start(int i) {
    processes++;
    nodes[i] = new Node(NodeName.of("node-" + i, Integer.toString(processes)), around);
    down[i] = false;
  }

  /** The node's memory is gone; another one of its name starts after a pause in nanoseconds. */
  void kill(int i, long pause) {
    scheduler.kill(nodes[i].host());
    down[i] = true;
    ledger.dropLocks();
    scheduler.after(pause, OUTSIDE, () -> start(i));
  }

  /** The nodes that live and do not stand still. */
  List<Node> able() {
    List<Node> able = new ArrayList<>();
    for (int i = 0; i < nodes.length; i++) {
      if (!down[i] && !nodes[i].host().isPaused(scheduler.now())) {
        able.add(nodes[i]);
      }
    }
    return able;
  }

  void runFor(Duration time) {
    scheduler.runUntil(scheduler.now() + time.toNanos());
  }

  /** I10 as of now, by a bystander's own connection. */
  List<String> disagreements() {
    Host bystander = new Host("bystander");
    RedisCampaignKeyspace keyspace =
        new RedisCampaignKeyspace(
            new SimulatedLink(network, bystander, "bystander", Duration.ofSeconds(1)));
    List<List<String>> found = new ArrayList<>();
    scheduler.spawn(
        bystander,
        "look",
        () -> {
          scheduler.sleep(Duration.ofMillis(10));
          found.add(Agreement.disagreements(keyspace, stored()));
        });
    runFor(Duration.ofSeconds(1));
    scheduler.kill(bystander);
    return found.isEmpty() ? List.of("Redis cannot be asked") : found.getFirst();
  }

  /** The campaign with its coupons and failures, as the ledger has it. */
  IssueStage.Stored stored() {
    return ledger.stored(campaign.id());
  }

  CampaignId campaign() {
    return campaign.id();
  }

  int nodes() {
    return nodes.length;
  }

  Node node(int i) {
    return nodes[i];
  }

  boolean isDown(int i) {
    return down[i];
  }

  InMemoryLedger ledger() {
    return ledger;
  }

  LedgerFaults ledgerFaults() {
    return ledgerFaults;
  }

  RedisProcess redis() {
    return redis;
  }

  Network network() {
    return network;
  }

  Scheduler scheduler() {
    return scheduler;
  }

  Random random() {
    return random;
  }

  Trace trace() {
    return trace;
  }

  Heard heard() {
    return heard;
  }

  Parts parts() {
    return parts;
  }

  /** What loops caught that they did not foresee. */
  List<String> defects() {
    return defects;
  }

  /** Ends all actors. */
  void end() {
    scheduler.close();
  }
}
