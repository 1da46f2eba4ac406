package io.sunchak.core.ledger;

import io.sunchak.core.CampaignId;
import io.sunchak.core.ledger.CouponLedger.Failure;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The failure queue: reservations that the drain could not write, and the operator's actions on
 * them. Thread-safe, blocking; throws {@link LedgerException} when it fails.
 *
 * <p>A replay deletes the failure and inserts the coupon in one transaction, with the same
 * sequence, user and time of acceptance. So the holder of a number never changes, and a resync or
 * the drain sees no difference between before and after. Two replays of one failure wait for each
 * other at its row.
 */
public interface FailureLedger {

  /**
   * Selects failures; null means any.
   *
   * @param state {@code OPEN}, {@code DISCARDED} or {@code VOID}
   * @param reason a substring of it
   */
  record Filter(@Nullable CampaignId campaign, @Nullable String state, @Nullable String reason) {}

  /**
   * A failure and its history.
   *
   * @param order rises with each failure that is kept; pages are ordered by it
   * @param attempts how often it was tried to write the coupon, including the drain's attempt
   * @param lastAt the last attempt or the discard
   */
  record Kept(Failure failure, long order, int attempts, Instant firstAt, Instant lastAt) {}

  /** The failures after {@code order}, the oldest first. */
  List<Kept> page(Filter filter, long order, int limit);

  long count(Filter filter);

  Optional<Kept> find(CampaignId campaign, long sequence);

  Optional<Kept> findByUser(CampaignId campaign, String user);

  /** The failures discarded at {@code since} or later, in order of that time. */
  List<Discarded> discarded(Instant since, int limit);

  /** A sequence that was discarded at {@code at}, by the ledger's clock. */
  record Discarded(CampaignId campaign, long sequence, Instant at) {}

  /**
   * Makes the failure a coupon if the ledger accepts it now.
   *
   * @param actor the operator, for the audit
   */
  Replay replay(CampaignId campaign, long sequence, String actor);

  /** The outcome of a replay. */
  sealed interface Replay {}

  /** It is a coupon now. */
  record Issued(String user) implements Replay {}

  /** It was a coupon already; nothing was changed. */
  record AlreadyIssued(String user) implements Replay {}

  /** The ledger still refuses it: the attempt is counted and the failure stays open. */
  record Refused(String reason) implements Replay {}

  /** It is discarded or void: nothing was changed. */
  record Settled(Kept failure) implements Replay, Discard {}

  /** No failure and no coupon has this sequence. */
  record Absent() implements Replay, Discard {}

  /**
   * Replays the open failures that match, the oldest first, in bounded transactions. Failures that
   * another call replays meanwhile are not counted.
   *
   * @param filter its state is ignored
   * @param limit at most so many are tried
   */
  Replays replayAll(Filter filter, int limit, String actor);

  /** How many became coupons, and how many are still refused. */
  record Replays(int issued, int refused) {}

  /**
   * Discards an open failure: the record and the user's number stay. A failure that was discarded
   * before is not changed.
   *
   * @param reason the operator's, for the audit
   */
  Discard discard(CampaignId campaign, long sequence, String reason, String actor);

  /** The outcome of a discard: the failure as it is now, or why there is none. */
  sealed interface Discard {}

  /** It was replayed meanwhile. */
  record IssuedMeanwhile() implements Discard {}
}
