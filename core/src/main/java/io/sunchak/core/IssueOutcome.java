package io.sunchak.core;

import java.time.Instant;

/**
 * The outcome of an issue. Each case tells its effect: {@link Held} is durable, {@link Refused} and
 * {@link Unavailable} had no effect, {@link Unknown} may have had one and can be retried safely.
 */
public sealed interface IssueOutcome {

  /** The user holds this campaign's coupon number {@code sequence()}: in the log and fsynced. */
  sealed interface Held extends IssueOutcome {
    /** 1..n in order of arrival. */
    long sequence();
  }

  /** Reserved by this very call, at {@code acceptedAt} by Redis' clock, in milliseconds. */
  record Accepted(long sequence, Instant acceptedAt) implements Held {}

  /** Reserved by an earlier call of the same user, whatever the campaign's state is now. */
  record AlreadyIssued(long sequence) implements Held {}

  /** The campaign refuses. This is a value, not a failure. */
  sealed interface Refused extends IssueOutcome {}

  /** The window has not opened by Redis' clock. */
  record NotOpen(Instant opensAt) implements Refused {}

  /** The operator paused the campaign. */
  record Paused() implements Refused {}

  /** The whole stock is given. This is final unless the operator raises the stock. */
  record SoldOut() implements Refused {}

  /** The window has ended or the operator closed the campaign. */
  record Closed() implements Refused {}

  /** The campaign is not for this user, by what the request says about the user. */
  record NotEligible() implements Refused {}

  /**
   * The campaign is archived: it is closed, and the ledger alone knows whether this user holds one
   * of its coupons.
   */
  record Archived() implements Refused {}

  /** The ledger has no such campaign. */
  record CampaignNotFound() implements Refused {}

  /** Nothing was decided or written; the client may retry later. */
  record Unavailable(Reason reason) implements IssueOutcome {
    /** Why this node cannot decide at the moment. */
    public enum Reason {
      /** This node's queue is full, or the request timed out before the script was sent. */
      OVERLOADED,
      /** Redis cannot be reached, or is not safe to use. */
      REDIS_DOWN,
      /** A resync is under way, or the nodes wait for each other after a raise of the stock. */
      REBUILDING,
      /** The log has reached its bound because the ledger is too far behind. */
      BACKLOG_FULL
    }
  }

  /**
   * The script was sent and its answer did not arrive. A retry finds out: the script answers a
   * repeated request with the first sequence.
   */
  record Unknown() implements IssueOutcome {}
}
