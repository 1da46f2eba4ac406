package io.sunchak.core.promise;

import io.sunchak.core.ledger.LedgerException;
import io.sunchak.core.loop.GuardedLoop;
import io.sunchak.core.loop.LoopListener;
import java.time.Duration;

/**
 * Runs a node's {@link Presence} and its {@link PromiseWatch} in two loops, so that a ledger whose
 * rows cannot be read does not stop the node from reporting that it is alive. Thread-safe.
 */
public final class PromiseLoops {
  private static final Duration PRESENCE = Duration.ofMillis(500);
  private static final Duration WATCH = Duration.ofMillis(500);

  private final Presence presence;
  private final PromiseWatch watch;
  private final GuardedLoop telling;
  private final GuardedLoop watching;

  public PromiseLoops(Presence presence, PromiseWatch watch, LoopListener listener) {
    this.presence = presence;
    this.watch = watch;
    this.telling = GuardedLoop.virtual("presence", this::tell, listener);
    this.watching = GuardedLoop.virtual("promises", this::look, listener);
  }

  /** Starts both loops. May be called once. */
  public void start() {
    telling.start();
    watching.start();
  }

  /**
   * Ends both loops.
   *
   * @return whether both ended within {@code atMost}; else they were interrupted
   */
  public boolean stop(Duration atMost) throws InterruptedException {
    telling.end();
    watching.end();
    boolean told = telling.endWithin(atMost);
    return watching.endWithin(atMost) && told;
  }

  /**
   * Stores the promises that the ledger lacks for the next resync. To be called at the very end,
   * when this node confirms nothing any more.
   *
   * @return false if the ledger cannot be reached: this node's promises are then lost with it
   */
  public boolean leave() {
    try {
      presence.leave();
      return true;
    } catch (LedgerException away) {
      return false;
    }
  }

  private boolean tell() throws InterruptedException {
    unlessAway(presence::run);
    return telling.pause(PRESENCE);
  }

  private boolean look() throws InterruptedException {
    unlessAway(watch::run);
    return watching.pause(WATCH);
  }

  private static void unlessAway(Runnable work) {
    try {
      work.run();
    } catch (LedgerException away) {
      // The drain and the serving loop hit the same error and report it; the next round follows
      // soon.
      return;
    }
  }
}
