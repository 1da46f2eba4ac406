package io.sunchak.admission;

import io.sunchak.core.CampaignId;
import io.sunchak.core.align.Align;
import io.sunchak.core.align.AlignPorts;
import io.sunchak.core.align.CampaignKeeper;
import io.sunchak.core.align.KeeperListener;
import io.sunchak.core.align.LedgerPeers;
import io.sunchak.core.align.Presence;
import io.sunchak.core.align.PromiseBook;
import io.sunchak.core.align.PromiseLoops;
import io.sunchak.core.align.PromiseWatch;
import io.sunchak.core.align.Promises;
import io.sunchak.core.align.Verification;
import io.sunchak.core.drain.Drain;
import io.sunchak.core.drain.DrainListener;
import io.sunchak.core.drain.DrainPorts;
import io.sunchak.core.loop.LoopListener;
import io.sunchak.core.testing.InMemoryLedger;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server node as the product wires it: the issuer with a connection of its own, the other calls
 * to Redis on a second one, keeper and drain, over the in-memory ledger.
 */
final class RedisNode implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final RedisLink script;
  private final RedisLink control;
  private final GroupCommitIssuer issuer;
  private final CampaignKeeper keeper;
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
      String scriptUri, String controlUri, Duration limit, Lanes.Bounds bounds, long maxBacklog) {

    /** Patient enough for a busy machine. */
    static Settings of(String uri) {
      return new Settings(
          uri,
          uri,
          Duration.ofSeconds(10),
          new Lanes.Bounds(100_000, Duration.ofSeconds(10)),
          1_000_000);
    }

    Settings scriptsThrough(String uri) {
      return new Settings(uri, controlUri, limit, bounds, maxBacklog);
    }

    Settings limit(Duration other) {
      return new Settings(scriptUri, controlUri, other, bounds, maxBacklog);
    }

    Settings bounds(int queue, Duration patience) {
      Lanes.Bounds other = new Lanes.Bounds(queue, patience);
      return new Settings(scriptUri, controlUri, limit, other, maxBacklog);
    }

    Settings maxBacklog(long most) {
      return new Settings(scriptUri, controlUri, limit, bounds, most);
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
            keyspace,
            new RedisGuard(control),
            book,
            new GroupCommitIssuer.Settings(
                settings.bounds(), settings.maxBacklog(), this::onGroup, LoopListener.NONE));
    String name = "node-" + UUID.randomUUID();
    Promises promises = new Promises(name, book, ledger, ledger);
    AlignPorts ports =
        new AlignPorts(ledger, ledger, keyspace, promises, new LedgerPeers(name, book, ledger));
    keeper =
        new CampaignKeeper(
            new Verification(ports, issuer, Optional::empty, heard, clock),
            ledger,
            heard,
            LoopListener.NONE);
    issuer.attentionTo(keeper);
    loops =
        new PromiseLoops(
            new Presence(name, issuer, book, promises, ledger, clock),
            new PromiseWatch(book, promises, ledger, keeper),
            LoopListener.NONE);
    RedisReservationLog log = new RedisReservationLog(control);
    drain =
        new Drain(
            new DrainPorts(ledger, ledger, log, promises, keeper),
            log,
            DrainListener.NONE,
            clock,
            LoopListener.NONE);
  }

  RedisNode start() {
    loops.start();
    keeper.start();
    drain.start();
    return this;
  }

  GroupCommitIssuer issuer() {
    return issuer;
  }

  CampaignKeeper keeper() {
    return keeper;
  }

  Heard heard() {
    return heard;
  }

  private void onGroup(CampaignId campaign, int users, int accepted, long nanos) {
    if (accepted > 0) {
      drain.wake(campaign);
    }
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
      boolean ended = drain.stop(PATIENCE) && keeper.stop(PATIENCE);
      issuer.close();
      ended &= loops.stop(PATIENCE);
      script.close();
      control.close();
      if (!ended) {
        throw new IllegalStateException("drain or keeper did not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What the keeper told. */
  static final class Heard implements KeeperListener {
    private final Map<CampaignId, AtomicInteger> openings = new ConcurrentHashMap<>();
    private final Map<CampaignId, Queue<Align.Aligned>> aligned = new ConcurrentHashMap<>();
    private final Queue<String> unsafe = new ConcurrentLinkedQueue<>();

    @Override
    public void onOpened(CampaignId campaign, long epoch) {
      openings.computeIfAbsent(campaign, id -> new AtomicInteger()).incrementAndGet();
    }

    @Override
    public void onAligned(CampaignId campaign, Align.Aligned result) {
      aligned.computeIfAbsent(campaign, id -> new ConcurrentLinkedQueue<>()).add(result);
    }

    @Override
    public void onUnsafe(String setting) {
      unsafe.add(setting);
    }

    /** How often the campaign's gate was opened. */
    int openings(CampaignId campaign) {
      return openings.getOrDefault(campaign, new AtomicInteger()).get();
    }

    /** The aligns of the campaign by this node. */
    Queue<Align.Aligned> aligned(CampaignId campaign) {
      return aligned.getOrDefault(campaign, new ConcurrentLinkedQueue<>());
    }

    Queue<String> unsafe() {
      return unsafe;
    }
  }
}
