package io.sunchak.core;

import java.time.Instant;

/**
 * When a campaign issues: from {@code opensAt} inclusive to {@code closesAt} exclusive. Only the
 * reserve script decides by it, with Redis' clock; all other code just displays it.
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
