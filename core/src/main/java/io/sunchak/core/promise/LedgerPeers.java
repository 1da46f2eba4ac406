package io.sunchak.core.promise;

import io.sunchak.core.CampaignId;
import io.sunchak.core.ledger.PromiseLedger;
import io.sunchak.core.ledger.PromiseLedger.Peer;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Peers that communicate through the ledger. A node that is late there and still holds a connection
 * to Redis is alive: its call to the ledger hangs, and it is waited for longer than a node that has
 * gone. A process that another one has followed at its place is waited for only with such a
 * connection, so that a restart costs no wait. After a wait for a node has timed out, the node is
 * not waited for again until it has reported anew, so that a dead node costs one wait and not one
 * for each campaign.
 */
public final class LedgerPeers implements Peers {
  private static final Duration PATIENCE = PromiseLedger.SILENCE;
  private static final Duration POLL = Duration.ofMillis(20);
  private static final Duration PATIENCE_WITH_CONNECTED = Duration.ofSeconds(10);
  private static final Duration POLL_FOR_CONNECTED = Duration.ofMillis(100);

  private final String node;
  private final PromiseBook book;
  private final PromiseLedger ledger;
  private final ConnectedNodes redis;
  private final LongSupplier nanoTime;
  private final LongConsumer pause;
  private final Map<String, Instant> silent = new ConcurrentHashMap<>();

  public LedgerPeers(String node, PromiseBook book, PromiseLedger ledger, ConnectedNodes redis) {
    this(node, book, ledger, redis, System::nanoTime, LockSupport::parkNanos);
  }

  /**
   * As the other one, on another clock.
   *
   * @param nanoTime as {@link System#nanoTime}
   * @param pause waits for so many nanoseconds
   */
  public LedgerPeers(
      String node,
      PromiseBook book,
      PromiseLedger ledger,
      ConnectedNodes redis,
      LongSupplier nanoTime,
      LongConsumer pause) {
    this.node = node;
    this.book = book;
    this.ledger = ledger;
    this.redis = redis;
    this.nanoTime = nanoTime;
    this.pause = pause;
  }

  @Override
  public void meet(String redis) {
    ledger.report(node, redis, book.highest());
    var _ = await(() -> ledger.elsewhere(redis, node));
  }

  @Override
  public Set<String> handOver(CampaignId campaign, long epoch) {
    return await(() -> ledger.withoutHandOver(campaign, epoch, node)).stream()
        .filter(Peer::isRecent)
        .map(Peer::node)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The nodes that are still missing once no further wait is useful. */
  private List<Peer> await(Supplier<List<Peer>> asked) {
    long begun = nanoTime.getAsLong();
    List<Peer> missing = asked.get();
    while (isWithin(PATIENCE, begun) && missing.stream().anyMatch(this::mayReportSoon)) {
      missing = askAgain(asked, POLL);
    }
    while (isWithin(PATIENCE_WITH_CONNECTED, begun) && isConnected(missing)) {
      missing = askAgain(asked, POLL_FOR_CONNECTED);
    }
    missing.forEach(peer -> silent.put(peer.node(), peer.reportedAt()));
    return missing;
  }

  private boolean isWithin(Duration patience, long begun) {
    return nanoTime.getAsLong() - begun < patience.toNanos();
  }

  private List<Peer> askAgain(Supplier<List<Peer>> asked, Duration later) {
    pause.accept(later.toNanos());
    return asked.get();
  }

  /** Whether one of the nodes that are waited for is. */
  private boolean isConnected(List<Peer> missing) {
    Set<String> late =
        missing.stream().filter(this::isWaitedFor).map(Peer::node).collect(Collectors.toSet());
    return !late.isEmpty() && !Collections.disjoint(late, redis.names());
  }

  private boolean mayReportSoon(Peer peer) {
    return isWaitedFor(peer) && !peer.isSucceeded();
  }

  private boolean isWaitedFor(Peer peer) {
    return !peer.reportedAt().equals(silent.get(peer.node()));
  }
}
