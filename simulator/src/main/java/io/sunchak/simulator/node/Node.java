package io.sunchak.simulator.node;

import io.sunchak.admission.issue.GroupCommitIssuer;
import io.sunchak.admission.link.NamedConnections;
import io.sunchak.admission.link.RedisGuard;
import io.sunchak.admission.log.RedisCampaignKeyspace;
import io.sunchak.admission.log.RedisReservationLog;
import io.sunchak.core.Campaign;
import io.sunchak.core.CampaignId;
import io.sunchak.core.IssueOutcome;
import io.sunchak.core.IssueRequest;
import io.sunchak.core.Reservation;
import io.sunchak.core.UserId;
import io.sunchak.core.config.ConfigChange;
import io.sunchak.core.drain.DrainListener;
import io.sunchak.core.drain.DrainPass;
import io.sunchak.core.drain.DrainPorts;
import io.sunchak.core.gate.AdmissionGate;
import io.sunchak.core.ledger.LedgerException;
import io.sunchak.core.log.CampaignKeyspace;
import io.sunchak.core.log.Disagreement;
import io.sunchak.core.log.LogException;
import io.sunchak.core.loop.LoopListener;
import io.sunchak.core.promise.LedgerPeers;
import io.sunchak.core.promise.Peers;
import io.sunchak.core.promise.Presence;
import io.sunchak.core.promise.PromiseBook;
import io.sunchak.core.promise.PromiseWatch;
import io.sunchak.core.promise.Promises;
import io.sunchak.core.resync.ResyncPorts;
import io.sunchak.core.serving.ServingCheck;
import io.sunchak.core.serving.ServingListener;
import io.sunchak.core.serving.ServingRound;
import io.sunchak.core.testing.InMemoryLedger;
import io.sunchak.simulator.network.SimulatedLink;
import io.sunchak.simulator.time.Host;
import io.sunchak.simulator.time.Scheduler;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * One life of a server's process, from its start until it is killed. What decides is the product's:
 * issuer, lanes, group commit, gate, local refusals, promises, drain passes, serving checks,
 * resyncs, hand-overs, config changes. The loops around them are of this package. Not thread-safe.
 */
public final class Node {
  private static final Duration SCRIPT_LIMIT = Duration.ofSeconds(3);
  private static final Duration CONTROL_LIMIT = Duration.ofSeconds(10);
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration HALF = Duration.ofMillis(500);
  private static final int BOOK = 1_000;

  private final Surroundings around;
  private final Scheduler scheduler;
  private final Host host;
  private final PromiseBook book = new PromiseBook(BOOK);
  private final GroupCommitIssuer issuer;
  private final CampaignKeyspace keyspace;
  private final Checks checks;

  /**
   * What nodes share.
   *
   * @param maxBacklog of the campaign's log
   * @param found told of what nodes find in Redis that does not fit the ledger
   * @param surprises told of what should never be thrown
   */
  public record Surroundings(
      Scheduler scheduler,
      Random random,
      Engines engines,
      CampaignId campaign,
      long maxBacklog,
      LoopListener surprises,
      Parts parts,
      ServingListener listener,
      Consumer<Disagreement> found) {}

  /** Starts a process; its name has the place of those before it. */
  public Node(String name, Surroundings around) {
    this.around = around;
    this.scheduler = around.scheduler();
    this.host = new Host(name);
    Random random = new Random(around.random().nextLong());
    CampaignId campaign = around.campaign();
    InMemoryLedger ledger = around.engines().ledger();
    SimulatedLink script =
        around.engines().link(host, NamedConnections.name("issue", name), SCRIPT_LIMIT);
    SimulatedLink control =
        around.engines().link(host, NamedConnections.name("control", name), CONTROL_LIMIT);
    Parts parts = around.parts();
    keyspace = parts.keyspace(new RedisCampaignKeyspace(control));
    checks = new Checks(scheduler, campaign, random, around.found());
    DrainLoop drain = new DrainLoop(scheduler, campaign, random);
    issuer =
        new GroupCommitIssuer(
            script,
            new GroupCommitIssuer.Ports(keyspace, new RedisGuard(control), book, checks),
            GroupCommitIssuer.Settings.of(
                around.maxBacklog(), accepted -> drain.wake(), around.surprises()),
            new SimulatedBackground(scheduler, host));
    Promises promises = new Promises(name, book, ledger, ledger);
    Peers peers =
        parts.peers(
            new LedgerPeers(
                name,
                book,
                ledger,
                parts.connected(new NamedConnections(control)),
                scheduler::now,
                nanos -> scheduler.sleep(nanos)));
    AdmissionGate gate = parts.gate(issuer, script);
    ResyncPorts ports = new ResyncPorts(ledger, parts.resyncs(ledger), keyspace, promises, peers);
    ServingCheck check =
        new ServingCheck(ports, gate, Optional::empty, around.listener(), scheduler);
    ServingRound round = new ServingRound(check, ledger, ServingListener.NONE, checks);
    DrainPass pass =
        new DrainPass(
            new DrainPorts(
                ledger, ledger, parts.log(new RedisReservationLog(control)), promises, checks),
            DrainListener.NONE,
            scheduler,
            scheduler::now);
    Presence presence = new Presence(name, issuer, book, promises, ledger, scheduler);
    PromiseWatch watch = new PromiseWatch(book, promises, ledger, checks);
    scheduler.spawn(host, "serving", () -> checks.work(check, issuer));
    scheduler.spawn(host, "drain", () -> drain.work(pass));
    repeat("rounds", SECOND, round::run);
    repeat("presence", HALF, presence::run);
    repeat("promises", HALF, watch::run);
  }

  private void repeat(String name, Duration pause, Runnable work) {
    scheduler.spawn(
        host,
        name,
        () -> {
          while (true) {
            unlessAway(work);
            scheduler.sleep(pause);
          }
        });
  }

  private static void unlessAway(Runnable work) {
    try {
      work.run();
    } catch (LedgerException | LogException away) {
      // The next round follows.
      return;
    }
  }

  /** Its process. */
  public Host host() {
    return host;
  }

  /** One request, on the node's own event loop. */
  public CompletionStage<IssueOutcome> issue(String user) {
    return issuer.issue(new IssueRequest(around.campaign(), new UserId(user)));
  }

  /** What it has promised and does not know to be stored. */
  public List<Reservation> promised() {
    return book.all(around.campaign());
  }

  /** An operator changes the campaign through this node. */
  public void change(
      long version, Campaign changed, Consumer<ConfigChange.Result> done, Runnable failed) {
    InMemoryLedger ledger = around.engines().ledger();
    ConfigChange change =
        new ConfigChange(new ConfigChange.Ports(ledger, ledger, keyspace, checks));
    scheduler.spawn(
        host,
        "operator",
        () -> {
          try {
            done.accept(change.change(version, changed));
          } catch (LedgerException | LogException unanswered) {
            failed.run();
          }
        });
  }
}
