package io.sunchak.core.testing;

import io.sunchak.core.align.AlignPorts;
import io.sunchak.core.align.Attention;
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
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;

/** A server node: the product's own keeper and drain around an in-memory issuer. */
public final class InMemoryNode implements AutoCloseable {
  private static final long MAX_BACKLOG = 100_000;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final InMemoryIssuer issuer;
  private final CampaignKeeper keeper;
  private final Drain drain;
  private final PromiseLoops loops;

  InMemoryNode(InMemoryLedger ledger, InMemoryKeyspace keyspace, InstantSource clock) {
    issuer = new InMemoryIssuer(keyspace, MAX_BACKLOG);
    String name = "node-" + UUID.randomUUID();
    PromiseBook book = issuer.promises();
    Promises promises = new Promises(name, book, ledger, ledger);
    AlignPorts ports =
        new AlignPorts(ledger, ledger, keyspace, promises, new LedgerPeers(name, book, ledger));
    Verification verification =
        new Verification(ports, issuer, Optional::empty, KeeperListener.NONE, clock);
    keeper = new CampaignKeeper(verification, ledger, KeeperListener.NONE, LoopListener.NONE);
    drain =
        new Drain(
            new DrainPorts(ledger, ledger, keyspace, promises, keeper),
            keyspace,
            DrainListener.NONE,
            clock,
            LoopListener.NONE);
    loops =
        new PromiseLoops(
            new Presence(name, issuer, book, promises, ledger, clock),
            new PromiseWatch(book, promises, ledger, keeper),
            LoopListener.NONE);
    issuer.attentionTo(keeper);
    issuer.wakeAfterAccepting(drain::wake);
  }

  void start() {
    loops.start();
    keeper.start();
    drain.start();
  }

  public InMemoryIssuer issuer() {
    return issuer;
  }

  /** Told when a campaign needs a look. */
  public Attention keeper() {
    return keeper;
  }

  @Override
  public void close() {
    try {
      boolean ended = drain.stop(PATIENCE) && keeper.stop(PATIENCE) && loops.stop(PATIENCE);
      loops.leave();
      if (!ended) {
        throw new IllegalStateException("drain or keeper did not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
