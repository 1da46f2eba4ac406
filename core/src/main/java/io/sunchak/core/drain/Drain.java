package io.sunchak.core.drain;

import io.sunchak.core.Backoff;
import io.sunchak.core.Campaign;
import io.sunchak.core.CampaignId;
import io.sunchak.core.CampaignState;
import io.sunchak.core.ledger.LedgerException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.random.RandomGenerator;

/**
 * Drains all campaigns of the ledger, each in a loop of its own on a virtual thread, a few passes
 * at a time. New campaigns are found within a second. Nobody owns a drain: any number of nodes may
 * run one. Thread-safe.
 */
public final class Drain {
  private static final Duration LISTING = Duration.ofSeconds(1);
  private static final int PAGE = 1_000;
  private static final int PASSES_AT_ONCE = 4;

  private final DrainPorts ports;
  private final DrainListener listener;
  private final DrainPass pass;
  private final Backoff backoff;
  private final Semaphore turns = new Semaphore(PASSES_AT_ONCE, true);
  private final Waiter listing = new Waiter();
  private final Map<CampaignId, Running> running = new ConcurrentHashMap<>();
  private final Set<CampaignId> settled = ConcurrentHashMap.newKeySet();
  private final Thread lister = Thread.ofVirtual().name("drain").unstarted(this::list);

  private record Running(RunUntilShutdown loop, Thread thread) {}

  public Drain(DrainPorts ports, DrainListener listener, InstantSource clock) {
    this.ports = ports;
    this.listener = listener;
    this.pass = new DrainPass(ports, listener, clock);
    this.backoff =
        new Backoff(Duration.ofMillis(50), Duration.ofSeconds(5), RandomGenerator.getDefault());
  }

  /** Begins; once only. */
  public void start() {
    lister.start();
  }

  /** This node accepted something for {@code campaign}: do not wait for the next look. */
  public void wake(CampaignId campaign) {
    Running drained = running.get(campaign);
    if (drained != null) {
      drained.loop().waiter().wake();
    }
    if (settled.remove(campaign)) {
      listing.wake();
    }
  }

  /**
   * Lets a drain that stopped at too many bad rows keep bad rows as failures again, as many as at
   * first, from its next try on, which is seconds away. Without this it goes on by itself only once
   * the ledger takes the row at which it stands.
   */
  public void resume(CampaignId campaign) {
    pass.forget(campaign);
    wake(campaign);
  }

  /**
   * Ends all loops after the pass they are in.
   *
   * @return whether all had ended within {@code atMost}; those that had not were interrupted
   */
  public boolean stop(Duration atMost) throws InterruptedException {
    listing.close();
    running.values().forEach(r -> r.loop().waiter().close());
    long deadline = System.nanoTime() + atMost.toNanos();
    boolean ended = endsBy(lister, deadline);
    for (Running r : List.copyOf(running.values())) {
      r.loop().waiter().close();
      ended &= endsBy(r.thread(), deadline);
    }
    return ended;
  }

  private static boolean endsBy(Thread thread, long deadline) throws InterruptedException {
    if (thread.getState() == Thread.State.NEW) {
      return true;
    }
    long left = Math.max(1, deadline - System.nanoTime());
    boolean ended = thread.join(Duration.ofNanos(left));
    if (!ended) {
      thread.interrupt();
    }
    return ended;
  }

  private void list() {
    try {
      while (!listing.isClosed()) {
        listOnce();
        listing.awaitWork(LISTING);
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  private void listOnce() {
    try {
      List<Campaign> page = ports.campaigns().page(null, PAGE);
      while (!page.isEmpty()) {
        page.forEach(this::serve);
        page = ports.campaigns().page(page.getLast().id(), PAGE);
      }
    } catch (LedgerException passing) {
      // The running loops meet the same trouble and report it; the next listing is a second away.
      return;
    }
  }

  private void serve(Campaign campaign) {
    CampaignId id = campaign.id();
    boolean closed = campaign.state() == CampaignState.CLOSED;
    // Only while closed: a ledger that went back may be open again.
    boolean atRest = closed && settled.contains(id);
    if (!atRest && !listing.isClosed()) {
      running.computeIfAbsent(id, this::begin).loop().campaignClosed(closed);
    }
  }

  private Running begin(CampaignId id) {
    RunUntilShutdown loop = new RunUntilShutdown(id, pass, turns, backoff, listener);
    Thread thread = Thread.ofVirtual().name("drain-" + id).unstarted(() -> runToItsEnd(id, loop));
    thread.start();
    return new Running(loop, thread);
  }

  private void runToItsEnd(CampaignId id, RunUntilShutdown loop) {
    loop.run();
    if (loop.isSettled()) {
      settled.add(id);
    }
    running.remove(id);
  }
}
