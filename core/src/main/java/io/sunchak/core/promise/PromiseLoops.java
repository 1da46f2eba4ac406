package io.sunchak.core.promise;

import io.sunchak.core.ledger.LedgerException;
import io.sunchak.core.loop.GuardedLoop;
import io.sunchak.core.loop.LoopListener;
import java.time.Duration;

/**
 * Keeps a node's {@link Presence} and its {@link PromiseWatch} going. Two loops, so that a ledger
 * whose rows cannot be read does not keep the node from telling that it lives. Thread-safe.
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

  /** Begins; once only. */
  public void start() {
    telling.start();
    watching.start();
  }

  /**
   * Ends both loops.
   *
   * @return whether they had ended within {@code atMost}; those that had not were interrupted
   */
  public boolean stop(Duration atMost) throws InterruptedException {
    telling.end();
    watching.end();
    boolean told = telling.endsWithin(atMost);
    return watching.endsWithin(atMost) && told;
  }

  /**
   * Leaves to the ledger what it does not have. To be called at the very end, when nobody is told
   * yes any more.
   *
   * @return false if the ledger is away: then this node's promises end with it
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
      // The drain and the serving loop meet the same trouble and tell it; the next round is near.
      return;
    }
  }
}
