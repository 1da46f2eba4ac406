package io.sunchak.admission.issue;

import io.sunchak.admission.link.Durability;
import io.sunchak.admission.link.RedisGuard;
import io.sunchak.admission.link.RedisLink;
import io.sunchak.admission.link.ReplicaAcks;
import io.sunchak.admission.log.RedisCampaignKeyspace;
import io.sunchak.admission.log.RedisReservationLog;
import io.sunchak.core.CampaignId;
import io.sunchak.core.drain.Drain;
import io.sunchak.core.drain.DrainListener;
import io.sunchak.core.drain.DrainPorts;
import io.sunchak.core.loop.LoopListener;
import io.sunchak.core.promise.LedgerPeers;
import io.sunchak.core.promise.Presence;
import io.sunchak.core.promise.PromiseBook;
import io.sunchak.core.promise.PromiseLoops;
import io.sunchak.core.promise.PromiseWatch;
import io.sunchak.core.promise.Promises;
import io.sunchak.core.resync.Resync;
import io.sunchak.core.resync.ResyncPorts;
import io.sunchak.core.serving.CheckQueue;
import io.sunchak.core.serving.ServingCheck;
import io.sunchak.core.serving.ServingListener;
import io.sunchak.core.serving.ServingLoop;
import io.sunchak.core.testing.InMemoryLedger;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server node as the product wires it: the issuer with a connection of its own, the other calls
 * to Redis on a second one, serving loop and drain, over the in-memory ledger.
 */
final class RedisNode implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final RedisLink script;
  private final RedisLink control;
  private final CheckQueue checks = new CheckQueue();
  private final GroupCommitIssuer issuer;
  private final ServingLoop servingLoop;
  private final Drain drain;
  private final PromiseBook book = new PromiseBook(1_000_000);
  private final PromiseLoops loops;
  private final Heard heard = new Heard();

  /**
   * How a node is made.
   *
   * @param scriptUri where the reserve script is called: perhaps through a proxy
   * @param limit after which a call of the script is given up
   */
  record Settings(
      String scriptUri,
      String controlUri,
      Duration limit,
      LaneHost.Bounds bounds,
      ReplicaAcks acks,
      long maxBacklog) {

    /** Patient enough for a busy machine. */
    static Settings of(String uri) {
      return new Settings(
          uri,
          uri,
          Duration.ofSeconds(10),
          new LaneHost.Bounds(100_000, Duration.ofSeconds(10)),
          ReplicaAcks.NONE,
          1_000_000);
    }

    Settings scriptsThrough(String uri) {
      return new Settings(uri, controlUri, limit, bounds, acks, maxBacklog);
    }

    Settings limit(Duration other) {
      return new Settings(scriptUri, controlUri, other, bounds, acks, maxBacklog);
    }

    Settings bounds(int queue, Duration patience) {
      LaneHost.Bounds other = new LaneHost.Bounds(queue, patience);
      return new Settings(scriptUri, controlUri, limit, other, acks, maxBacklog);
    }

    Settings acks(int replicas) {
      return new Settings(
          scriptUri, controlUri, limit, bounds, new ReplicaAcks(replicas), maxBacklog);
    }

    Settings maxBacklog(long most) {
      return new Settings(scriptUri, controlUri, limit, bounds, acks, most);
    }
  }

  RedisNode(Settings settings, InMemoryLedger ledger) {
    InstantSource clock = InstantSource.system();
    script = new RedisLink(settings.scriptUri(), "test-issue", settings.limit(), LoopListener.NONE);
    control =
        new RedisLink(
            settings.controlUri(), "test-control", Duration.ofSeconds(10), LoopListener.NONE);
    RedisCampaignKeyspace keyspace = new RedisCampaignKeyspace(control);
    issuer =
        new GroupCommitIssuer(
            script,
            new GroupCommitIssuer.Ports(
                keyspace,
                new RedisGuard(control, settings.acks(), Durability.VERIFIED),
                book,
                checks),
            new GroupCommitIssuer.Settings(
                settings.bounds(),
                settings.acks(),
                settings.maxBacklog(),
                this::wake,
                LoopListener.NONE));
    String name = "node-" + UUID.randomUUID();
    Promises promises = new Promises(name, book, ledger, ledger);
    ResyncPorts ports =
        new ResyncPorts(
            ledger, ledger, keyspace, promises, new LedgerPeers(name, book, ledger, Set::of));
    servingLoop =
        new ServingLoop(
            checks,
            new ServingCheck(ports, issuer, Optional::empty, heard, clock),
            ledger,
            heard,
            LoopListener.NONE);
    loops =
        new PromiseLoops(
            new Presence(name, issuer, book, promises, ledger, clock),
            new PromiseWatch(book, promises, ledger, checks),
            LoopListener.NONE);
    RedisReservationLog log = new RedisReservationLog(control);
    drain =
        new Drain(
            new DrainPorts(ledger, ledger, log, promises, checks),
            log,
            DrainListener.NONE,
            clock,
            LoopListener.NONE);
  }

  RedisNode start() {
    loops.start();
    servingLoop.start();
    drain.start();
    return this;
  }

  GroupCommitIssuer issuer() {
    return issuer;
  }

  CheckQueue checks() {
    return checks;
  }

  Heard heard() {
    return heard;
  }

  private void wake(CampaignId campaign) {
    drain.wake(campaign);
  }

  /** Ends in order: what the ledger lacks is left to it. */
  @Override
  public void close() {
    die();
    loops.leave();
  }

  /** Ends, and what only it knew with it; nobody is told anything by a node that is gone. */
  void die() {
    try {
      boolean ended = drain.stop(PATIENCE) && servingLoop.stop(PATIENCE);
      issuer.close();
      ended &= loops.stop(PATIENCE);
      script.close();
      control.close();
      if (!ended) {
        throw new IllegalStateException("drain or serving loop did not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What the serving loop told. */
  static final class Heard implements ServingListener {
    private final Map<CampaignId, AtomicInteger> opened = new ConcurrentHashMap<>();
    private final Map<CampaignId, Queue<Resync.Done>> resynced = new ConcurrentHashMap<>();
    private final Queue<String> unsafe = new ConcurrentLinkedQueue<>();

    @Override
    public void onOpened(CampaignId campaign) {
      opened.computeIfAbsent(campaign, id -> new AtomicInteger()).incrementAndGet();
    }

    @Override
    public void onResynced(CampaignId campaign, Resync.Done result) {
      resynced.computeIfAbsent(campaign, id -> new ConcurrentLinkedQueue<>()).add(result);
    }

    @Override
    public void onUnsafe(String setting) {
      unsafe.add(setting);
    }

    /** How often the campaign's gate was opened. */
    int opened(CampaignId campaign) {
      return opened.getOrDefault(campaign, new AtomicInteger()).get();
    }

    /** The resyncs of the campaign by this node. */
    Queue<Resync.Done> resynced(CampaignId campaign) {
      return resynced.getOrDefault(campaign, new ConcurrentLinkedQueue<>());
    }

    Queue<String> unsafe() {
      return unsafe;
    }
  }
}
