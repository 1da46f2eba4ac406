package io.sunchak.core.drain;

import io.sunchak.core.Backoff;
import io.sunchak.core.Campaign;
import io.sunchak.core.CampaignId;
import io.sunchak.core.CampaignState;
import io.sunchak.core.ledger.LedgerException;
import io.sunchak.core.loop.GuardedLoop;
import io.sunchak.core.loop.LoopListener;
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
  static final String LOOP = "drain";

  private static final Duration LISTING = Duration.ofSeconds(1);
  private static final int PAGE = 1_000;
  private static final int PASSES_AT_ONCE = 4;

  private final DrainPorts ports;
  private final DrainListener listener;
  private final LoopListener loops;
  private final DrainPass pass;
  private final Backoff backoff;
  private final Semaphore turns = new Semaphore(PASSES_AT_ONCE, true);
  private final Waiter listing = new Waiter();
  private final Map<CampaignId, Running> running = new ConcurrentHashMap<>();
  private final Set<CampaignId> settled = ConcurrentHashMap.newKeySet();
  private final GuardedLoop lister;

  private record Running(RunUntilShutdown rounds, GuardedLoop loop) {}

  public Drain(DrainPorts ports, DrainListener listener, InstantSource clock, LoopListener loops) {
    this.ports = ports;
    this.listener = new GuardedListener(listener, loops);
    this.loops = loops;
    this.pass = new DrainPass(ports, this.listener, clock);
    this.lister = GuardedLoop.virtual("drain-list", this::list, loops);
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
      drained.rounds().waiter().wake();
    }
    if (settled.remove(campaign)) {
      listing.wake();
    }
  }

  /**
   * Lets a drain that stopped at too many bad rows keep bad rows as failures again, as many as at
   * first, and try at once. Without this it goes on by itself only once the ledger takes the row at
   * which it stands.
   */
  public void resume(CampaignId campaign) {
    pass.forget(campaign);
    wake(campaign);
    Running drained = running.get(campaign);
    if (drained != null) {
      drained.rounds().waiter().hurry();
    }
  }

  /**
   * Ends all loops after the pass they are in.
   *
   * @return whether all had ended within {@code atMost}; those that had not were interrupted
   */
  public boolean stop(Duration atMost) throws InterruptedException {
    listing.close();
    running.values().forEach(Drain::end);
    long deadline = System.nanoTime() + atMost.toNanos();
    boolean ended = endsBy(lister, deadline);
    for (Running r : List.copyOf(running.values())) {
      end(r);
      ended &= endsBy(r.loop(), deadline);
    }
    return ended;
  }

  private static void end(Running running) {
    running.rounds().waiter().close();
    running.loop().end();
  }

  private static boolean endsBy(GuardedLoop loop, long deadline) throws InterruptedException {
    return loop.endsWithin(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
  }

  private boolean list() throws InterruptedException {
    listOnce();
    listing.awaitWork(LISTING);
    return !listing.isClosed();
  }

  private void listOnce() {
    try {
      List<Campaign> page = ports.campaigns().page(null, PAGE);
      while (!page.isEmpty()) {
        page.forEach(campaign -> loops.guard(LOOP, () -> serve(campaign)));
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
      running.computeIfAbsent(id, this::begin).rounds().campaignClosed(closed);
    }
  }

  private Running begin(CampaignId id) {
    RunUntilShutdown rounds = new RunUntilShutdown(id, pass, turns, backoff, listener);
    Thread.Builder thread = Thread.ofVirtual().name("drain-" + id);
    GuardedLoop loop = new GuardedLoop(LOOP, thread, () -> goOn(id, rounds), loops);
    loop.start();
    return new Running(rounds, loop);
  }

  private boolean goOn(CampaignId id, RunUntilShutdown rounds) throws InterruptedException {
    boolean more = rounds.go();
    if (!more) {
      pass.forget(id);
      if (rounds.isSettled()) {
        settled.add(id);
      }
      running.remove(id);
    }
    return more;
  }
}
