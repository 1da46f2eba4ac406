package io.sunchak.core;

import java.time.Instant;

/**
 * When a campaign issues: from {@code opensAt} inclusive to {@code closesAt} exclusive. Decided by
 * Redis' clock in the reserve script alone; everything else only shows it.
 *
 * <p>The constructor throws {@link IllegalArgumentException} if it does not close after it opens
 */
public record IssueWindow(Instant opensAt, Instant closesAt) {
  public IssueWindow {
    if (!closesAt.isAfter(opensAt)) {
      throw new IllegalArgumentException("closesAt must be after opensAt");
    }
  }
}
