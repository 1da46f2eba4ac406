package io.sunchak.core.testing;

import io.sunchak.core.IssueOutcome;
import io.sunchak.core.log.Disagreement;
import java.util.List;

/** What the in-memory reserve script says. */
sealed interface ReserveReply {
  /** Nobody was decided, nothing was written. */
  record Refused(Disagreement why) implements ReserveReply {}

  /** One outcome per user, in order. */
  record Decided(List<IssueOutcome> outcomes) implements ReserveReply {}
}
