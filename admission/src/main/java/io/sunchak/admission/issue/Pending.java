package io.sunchak.admission.issue;

import io.sunchak.core.IssueOutcome;
import java.util.concurrent.CompletableFuture;

/** One request on its way through a lane: its own future, so that a request costs one object. */
final class Pending extends CompletableFuture<IssueOutcome> {
  final String user;
  final long since;

  /**
   * A request that waits from now on.
   *
   * @param since {@link System#nanoTime} when it came
   */
  Pending(String user, long since) {
    this.user = user;
    this.since = since;
  }
}
