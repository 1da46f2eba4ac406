package io.sunchak.admission.issue;

import io.sunchak.core.Eligibility;
import org.jspecify.annotations.Nullable;

/** The state of a campaign's gate on this node. */
sealed interface Gate {
  /** The campaign has not been checked yet: requests wait for the serving loop. */
  record Unknown() implements Gate {}

  /**
   * Requests reach the script.
   *
   * @param eligibility of the lease; null: every user's
   */
  record Open(@Nullable Eligibility eligibility) implements Gate {}

  /** Requests are refused until the serving loop has checked the campaign again. */
  record Shut() implements Gate {}

  /**
   * The ledger has no such campaign.
   *
   * @param until which {@link LaneHost#nanoTime} this may be repeated
   */
  record Absent(long until) implements Gate {}

  /** The campaign is archived: Redis has nothing of it. */
  record Archived() implements Gate {}

  /** The lane was retired: its gate does not change any more. */
  record Retired() implements Gate {}
}
