package io.sunchak.core.testing;

import io.sunchak.core.drain.Drain;
import io.sunchak.core.drain.DrainListener;
import io.sunchak.core.drain.DrainPorts;
import io.sunchak.core.gate.CheckRequests;
import io.sunchak.core.loop.LoopListener;
import io.sunchak.core.promise.LedgerPeers;
import io.sunchak.core.promise.Presence;
import io.sunchak.core.promise.PromiseBook;
import io.sunchak.core.promise.PromiseLoops;
import io.sunchak.core.promise.PromiseWatch;
import io.sunchak.core.promise.Promises;
import io.sunchak.core.resync.ResyncPorts;
import io.sunchak.core.serving.CheckQueue;
import io.sunchak.core.serving.ServingCheck;
import io.sunchak.core.serving.ServingListener;
import io.sunchak.core.serving.ServingLoop;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** A server node: the product's own serving loop and drain around an in-memory issuer. */
public final class InMemoryNode implements AutoCloseable {
  private static final long MAX_BACKLOG = 100_000;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final CheckQueue checks = new CheckQueue();
  private final InMemoryIssuer issuer;
  private final ServingLoop servingLoop;
  private final Drain drain;
  private final PromiseLoops loops;

  InMemoryNode(InMemoryLedger ledger, InMemoryKeyspace keyspace, InstantSource clock) {
    issuer = new InMemoryIssuer(keyspace, MAX_BACKLOG, checks);
    String name = "node-" + UUID.randomUUID();
    PromiseBook book = issuer.promises();
    Promises promises = new Promises(name, book, ledger, ledger);
    ResyncPorts ports =
        new ResyncPorts(
            ledger, ledger, keyspace, promises, new LedgerPeers(name, book, ledger, Set::of));
    ServingCheck servingCheck =
        new ServingCheck(ports, issuer, Optional::empty, ServingListener.NONE, clock);
    servingLoop =
        new ServingLoop(checks, servingCheck, ledger, ServingListener.NONE, LoopListener.NONE);
    drain =
        new Drain(
            new DrainPorts(ledger, ledger, keyspace, promises, checks),
            keyspace,
            DrainListener.NONE,
            clock,
            LoopListener.NONE);
    loops =
        new PromiseLoops(
            new Presence(name, issuer, book, promises, ledger, clock),
            new PromiseWatch(book, promises, ledger, checks),
            LoopListener.NONE);
    issuer.wakeAfterAccepting(drain::wake);
  }

  void start() {
    loops.start();
    servingLoop.start();
    drain.start();
  }

  public InMemoryIssuer issuer() {
    return issuer;
  }

  /** Told when a campaign needs a look. */
  public CheckRequests checks() {
    return checks;
  }

  @Override
  public void close() {
    try {
      boolean ended = drain.stop(PATIENCE) && servingLoop.stop(PATIENCE) && loops.stop(PATIENCE);
      loops.leave();
      if (!ended) {
        throw new IllegalStateException("drain or servingLoop did not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
