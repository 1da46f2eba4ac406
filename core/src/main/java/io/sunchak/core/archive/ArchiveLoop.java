package io.sunchak.core.archive;

import io.sunchak.core.ledger.LedgerException;
import io.sunchak.core.log.LogException;
import io.sunchak.core.loop.GuardedLoop;
import io.sunchak.core.loop.LoopListener;
import java.time.Duration;

/** Archives by the clock: runs a node's {@link DueCampaigns} in a loop. Thread-safe. */
public final class ArchiveLoop {
  private static final Duration BETWEEN = Duration.ofSeconds(1);

  /** Until those that could not be archived are tried again, and new ones are looked for. */
  private static final Duration AGAIN = Duration.ofMinutes(1);

  private final DueCampaigns due;
  private final GuardedLoop loop;

  public ArchiveLoop(DueCampaigns due, LoopListener listener) {
    this.due = due;
    this.loop = GuardedLoop.virtual("archive", this::round, listener);
  }

  /** Starts the loop. May be called once. */
  public void start() {
    loop.start();
  }

  /**
   * Ends the loop.
   *
   * @return whether it ended within {@code atMost}; else it was interrupted
   */
  public boolean stop(Duration atMost) throws InterruptedException {
    return loop.endWithin(atMost);
  }

  private boolean round() throws InterruptedException {
    return loop.pause(pauseAfterSome());
  }

  private Duration pauseAfterSome() {
    try {
      return due.archiveSome() ? BETWEEN : AGAIN;
    } catch (LedgerException | LogException away) {
      // An engine is away, which others report; there is no hurry.
      return AGAIN;
    }
  }
}
