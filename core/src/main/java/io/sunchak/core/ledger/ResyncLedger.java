package io.sunchak.core.ledger;

import io.sunchak.core.CampaignId;
import io.sunchak.core.Holding;
import io.sunchak.core.Reservation;
import io.sunchak.core.Stock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a resync needs of the ledger. Thread-safe, blocking; all methods throw {@link
 * LedgerException} when they fail.
 */
public interface ResyncLedger {

  /**
   * Takes the campaign's advisory lock if it is free. It merely saves work: correctness never rests
   * on it.
   */
  Optional<Lock> tryLock(CampaignId campaign);

  /** Held until closed; also freed when its database session ends. */
  interface Lock extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Begins an attempt: epoch := greatest(ledger's, {@code atLeast}) + 1, rebuilding := true, in one
   * transaction.
   *
   * @return the new epoch, this attempt's token
   */
  long begin(CampaignId campaign, long atLeast);

  /**
   * Of {@code held}, those which the ledger does not have as exactly this user with exactly this
   * sequence, row or failure.
   */
  List<Holding> missing(CampaignId campaign, Collection<Holding> held);

  /**
   * Runs {@code work} in one transaction that holds the campaign's row and has checked that its
   * epoch is {@code epoch}.
   *
   * @return empty if another attempt has taken over; nothing was changed
   */
  <T> Optional<T> inAttempt(CampaignId campaign, long epoch, Function<Attempt, T> work);

  /**
   * The ledger within one attempt's transaction. Not thread-safe, not to be used after the
   * transaction.
   */
  interface Attempt {
    /** What the operator offers now. */
    Stock stock();

    /**
     * What Redis may have given: the stock, or more while a lower one has not reached Redis. No row
     * can lie above it.
     */
    Stock maxSequence();

    /** The highest sequence among rows and failures; 0 if there is none. */
    long highest();

    /** Who holds these numbers, among rows and failures. */
    Map<Long, String> holders(Collection<Long> sequences);

    /** Which numbers these users hold, among rows and failures. */
    Map<String, Long> numbers(Collection<String> users);

    /** The numbers in 1..{@code highest} that are neither row nor failure, ascending. */
    List<Long> holes();

    /**
     * All or nothing.
     *
     * @throws LedgerException.Rejected when it refuses a row; the attempt goes on
     */
    void insert(List<Reservation> rows);

    /** Keeps reservations that cannot be rows as failures under their numbers. */
    void insertFailures(List<Reservation> rows, String reason);

    /** What nodes handed over to this attempt and earlier ones; it is the caller's from now on. */
    List<Reservation> takeHandedOver();

    /** The highest number that each node reported to have seen given; they are forgotten. */
    Map<String, Long> takeSightings();

    /** Of these void numbers the holders have been found: they are nobody's failures any more. */
    void removeVoid(List<Long> sequences);

    /** Fills numbers that nobody holds with {@code VOID} failures of {@link Holding#ofVoid}. */
    void insertVoid(List<Long> sequences);

    void moveCursor(long last);

    /** Lists what did not agree, for the operator. */
    void report(List<Drift> drift);
  }

  /**
   * Rows and failures with a sequence above {@code after}, ascending: what Redis is loaded with.
   */
  List<Holding> held(CampaignId campaign, long after, int limit);

  /**
   * rebuilding := false, if the epoch is still {@code epoch} and nothing was handed over that the
   * attempt did not take.
   */
  boolean finish(CampaignId campaign, long epoch);
}
