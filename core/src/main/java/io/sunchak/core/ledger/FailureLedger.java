package io.sunchak.core.ledger;

import io.sunchak.core.CampaignId;
import io.sunchak.core.ledger.CouponLedger.Failure;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The failure queue: reservations that the drain could not write, and what an operator does about
 * them. Thread-safe, blocking; throws {@link LedgerException} when it fails.
 *
 * <p>A replay is one transaction in which the failure goes and the coupon comes, with the same
 * sequence, user and time of acceptance. So who holds which number never changes, at no moment, and
 * neither a resync nor the drain can tell before from after; two replays of one failure wait for
 * each other at its row.
 */
public interface FailureLedger {

  /**
   * Which failures are meant; null means any.
   *
   * @param state {@code OPEN}, {@code DISCARDED} or {@code VOID}
   * @param reason a part of it, as it is written
   */
  record Filter(@Nullable CampaignId campaign, @Nullable String state, @Nullable String reason) {}

  /**
   * A failure and its history.
   *
   * @param order rises with each failure that is kept: the key of pages
   * @param attempts how often it was tried to make it a coupon, the drain's included
   * @param lastAt when it was tried or discarded last
   */
  record Kept(Failure failure, long order, int attempts, Instant firstAt, Instant lastAt) {}

  /** The oldest first, those after {@code order}. */
  List<Kept> page(Filter filter, long order, int limit);

  long count(Filter filter);

  Optional<Kept> find(CampaignId campaign, long sequence);

  Optional<Kept> findByUser(CampaignId campaign, String user);

  /** Those discarded at {@code since} or later, in order of that time. */
  List<Discarded> discarded(Instant since, int limit);

  /** A number that was given up at {@code at}, by the ledger's clock. */
  record Discarded(CampaignId campaign, long sequence, Instant at) {}

  /**
   * Makes the failure a coupon, if the ledger now takes it.
   *
   * @param actor who wants it, for the audit
   */
  Replay replay(CampaignId campaign, long sequence, String actor);

  /** What a replay came to. */
  sealed interface Replay {}

  /** It is a coupon now. */
  record Issued(String user) implements Replay {}

  /** It was a coupon before: replaying twice is harmless. */
  record AlreadyIssued(String user) implements Replay {}

  /** The ledger still refuses it: one more attempt is counted, and it stays open. */
  record Refused(String reason) implements Replay {}

  /** It is discarded or void: nothing was changed. */
  record Settled(Kept failure) implements Replay, Discard {}

  /** There is neither a failure nor a coupon of this number. */
  record Absent() implements Replay, Discard {}

  /**
   * Replays the open failures that match, the oldest first, in bounded transactions. What another
   * one replays meanwhile counts for the other one.
   *
   * @param filter whose state is not looked at
   * @param limit how many are tried at most
   */
  Replays replayAll(Filter filter, int limit, String actor);

  /** How many became coupons, and how many are refused still. */
  record Replays(int issued, int refused) {}

  /**
   * Gives an open failure up: the record stays, and so does the user's number. What was discarded
   * before stays as it was.
   *
   * @param reason the operator's, for the audit
   */
  Discard discard(CampaignId campaign, long sequence, String reason, String actor);

  /** What a discard came to: the failure as it is now, or why there is none. */
  sealed interface Discard {}

  /** It was replayed meanwhile. */
  record IssuedMeanwhile() implements Discard {}
}
