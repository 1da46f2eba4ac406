package io.sunchak.core.drain;

import io.sunchak.core.Backoff;
import io.sunchak.core.CampaignId;
import io.sunchak.core.ledger.LedgerException;
import io.sunchak.core.log.LogException;
import io.sunchak.core.log.LogHeads;
import io.sunchak.core.loop.GuardedLoop;
import io.sunchak.core.loop.LoopListener;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.random.RandomGenerator;

/**
 * Drains all campaigns of the ledger. Each campaign with a backlog has its own loop ({@link
 * DrainRounds}) on a virtual thread; a few passes run at the same time. A reservation of this node
 * starts the loop at once ({@link #wake}); reservations of other nodes are found by a {@link
 * BacklogLook} each second. Any number of nodes may drain the same campaign at once; they take
 * turns to save work. Thread-safe.
 */
public final class Drain {
  static final String LOOP = "drain";

  private static final Duration LOOKING = Duration.ofSeconds(1);
  private static final int PASSES_AT_ONCE = 4;

  private final DrainListener listener;
  private final LoopListener loops;
  private final DrainPass pass;
  private final BacklogLook look;
  private final Backoff backoff;
  private final Semaphore passes = new Semaphore(PASSES_AT_ONCE, true);
  private final Waiter looking = new Waiter();
  private final Map<CampaignId, Running> running = new ConcurrentHashMap<>();
  private final GuardedLoop looker;
  private volatile boolean started;

  private record Running(DrainRounds rounds, GuardedLoop loop) {}

  /**
   * A drain that has not started.
   *
   * @param logs to read the heads of many logs at once
   */
  public Drain(
      DrainPorts ports,
      LogHeads logs,
      DrainListener listener,
      InstantSource clock,
      LoopListener loops) {
    this.listener = new GuardedListener(listener, loops);
    this.loops = loops;
    this.pass = new DrainPass(ports, this.listener, clock);
    this.look = new BacklogLook(ports.campaigns(), logs, ports.checks());
    this.looker = GuardedLoop.virtual("drain-look", this::lookAround, loops);
    this.backoff =
        new Backoff(Duration.ofMillis(50), Duration.ofSeconds(5), RandomGenerator.getDefault());
  }

  /** Starts the drain. May be called once. */
  public void start() {
    started = true;
    looker.start();
  }

  /** Drains {@code campaign} now, because this node has accepted a reservation for it. */
  public void wake(CampaignId campaign) {
    Running drained = running.get(campaign);
    if (drained != null) {
      drained.rounds().waiter().wake();
    }
    // The loop may have ended between the two lines, without seeing the wake-up.
    if (drained == null || !drained.equals(running.get(campaign))) {
      begin(campaign);
    }
  }

  /**
   * Resumes a drain that stopped after too many refused rows: it tries at once and may again keep
   * as many rows as failures. Without this call it goes on only when the ledger accepts the row at
   * which it stopped.
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
   * Ends all loops after their current pass.
   *
   * @return whether all ended within {@code atMost}; the others were interrupted
   */
  public boolean stop(Duration atMost) throws InterruptedException {
    looking.close();
    running.values().forEach(Drain::end);
    long deadline = System.nanoTime() + atMost.toNanos();
    boolean ended = endBy(looker, deadline);
    for (Running r : List.copyOf(running.values())) {
      end(r);
      ended &= endBy(r.loop(), deadline);
    }
    return ended;
  }

  private static void end(Running running) {
    running.rounds().waiter().close();
    running.loop().end();
  }

  private static boolean endBy(GuardedLoop loop, long deadline) throws InterruptedException {
    return loop.endWithin(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
  }

  private boolean lookAround() throws InterruptedException {
    lookOnce();
    looking.awaitWork(LOOKING);
    return !looking.isClosed();
  }

  private void lookOnce() {
    try {
      look.next(running::containsKey)
          .forEach(campaign -> {
            pass.doubt(campaign);
            loops.guard(LOOP, () -> wake(campaign));
          });
    } catch (LedgerException | LogException passing) {
      // The running loops hit the same error and report it; the next look follows in a second.
      return;
    }
  }

  /**
   * Does nothing if the loop runs already. Reservations from before the start are found by the
   * look.
   */
  private void begin(CampaignId id) {
    if (started && !looking.isClosed()) {
      running.computeIfAbsent(id, this::begun);
    }
  }

  private Running begun(CampaignId id) {
    DrainRounds rounds = new DrainRounds(id, pass, passes, backoff, listener);
    Thread.Builder thread = Thread.ofVirtual().name("drain-" + id);
    GuardedLoop loop = new GuardedLoop(LOOP, thread, () -> goOn(id, rounds), loops);
    loop.start();
    return new Running(rounds, loop);
  }

  private boolean goOn(CampaignId id, DrainRounds rounds) throws InterruptedException {
    boolean more = rounds.go();
    if (!more) {
      pass.forget(id);
      running.remove(id);
      if (rounds.waiter().hasNews()) {
        begin(id);
      }
    }
    return more;
  }
}
