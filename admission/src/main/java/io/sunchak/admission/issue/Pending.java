package io.sunchak.admission.issue;

import io.sunchak.core.IssueOutcome;
import java.util.concurrent.CompletableFuture;

/** One request in a lane. It is its own future, so that a request costs one object. */
final class Pending extends CompletableFuture<IssueOutcome> {
  final String user;
  final long since;

  /**
   * A request without an answer.
   *
   * @param since {@link LaneHost#nanoTime} when it came
   */
  Pending(String user, long since) {
    this.user = user;
    this.since = since;
  }
}
