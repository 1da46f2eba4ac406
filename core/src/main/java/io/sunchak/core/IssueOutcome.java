package io.sunchak.core;

import java.time.Instant;

/**
 * What an issue came to. Each case says what is true of the effect: {@link Held} is durable, {@link
 * Refused} and {@link Unavailable} had no effect, {@link Unknown} may have had one and is safe to
 * try again.
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

  /** The campaign's answer is no. A value, not a failure. */
  sealed interface Refused extends IssueOutcome {}

  /** The window has not opened by Redis' clock. */
  record NotOpen(Instant opensAt) implements Refused {}

  /** The operator paused the campaign. */
  record Paused() implements Refused {}

  /** Every coupon of the stock is given, for good unless the operator raises the stock. */
  record SoldOut() implements Refused {}

  /** The window has ended or the operator closed the campaign. */
  record Closed() implements Refused {}

  /** The ledger has no such campaign. */
  record CampaignNotFound() implements Refused {}

  /** Nothing was decided and nothing was written; try again later. */
  record Unavailable(Reason reason) implements IssueOutcome {
    /** Why nobody can be told yes or no at the moment. */
    public enum Reason {
      /** This node's own queue is full or its time is up before the script was sent. */
      OVERLOADED,
      /** Redis cannot be reached, or is not safe to use. */
      REDIS_DOWN,
      /** Redis and the ledger, or the nodes after a raise, are being brought into agreement. */
      REBUILDING,
      /** The ledger lags so far behind that the log has reached its bound. */
      BACKLOG_FULL
    }
  }

  /**
   * The script was sent and its answer never came. Trying again tells: the script answers a repeat
   * with its first sequence.
   */
  record Unknown() implements IssueOutcome {}
}
