package io.sunchak.admission.issue;

import io.sunchak.core.Eligibility;
import io.sunchak.core.IssueOutcome;
import io.sunchak.core.IssueRequest;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One request in a lane. It is its own future, so that a request costs one object. */
final class Pending extends CompletableFuture<IssueOutcome> {
  final String user;
  final long since;
  private final Predicate<Eligibility> meets;

  /** The last eligibility that was asked about, and the answer. */
  private volatile @Nullable Known known;

  private record Known(Eligibility eligibility, boolean met) {}

  /**
   * A request without an answer.
   *
   * @param since {@link LaneHost#nanoTime} when it came
   */
  Pending(IssueRequest request, long since) {
    this.user = request.user().value();
    this.meets = request.meets();
    this.since = since;
  }

  /** Whether the user may get a coupon under this eligibility; null is every user's. */
  boolean isEligible(@Nullable Eligibility eligibility) {
    if (eligibility == null) {
      return true;
    }
    Known last = known;
    if (last == null || !last.eligibility().equals(eligibility)) {
      last = new Known(eligibility, meets.test(eligibility));
      known = last;
    }
    return last.met();
  }
}
