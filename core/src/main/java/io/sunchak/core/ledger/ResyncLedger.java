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
 * The ledger as a resync uses it. Thread-safe, blocking; all methods throw {@link LedgerException}
 * when they fail.
 */
public interface ResyncLedger {

  /**
   * Takes the campaign's advisory lock if it is free. The lock only saves work; correctness does
   * not depend on it.
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
   * Those of {@code held} that the ledger has neither as a row nor as a failure with exactly this
   * user and this sequence.
   */
  List<Holding> missing(CampaignId campaign, Collection<Holding> held);

  /**
   * Runs {@code work} in one transaction that locks the campaign's row and has checked that its
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
    /** The stock that the operator offers now. */
    Stock stock();

    /**
     * The highest number that Redis may have given: the stock, or more while a lower stock has not
     * reached Redis. No row can have a higher sequence.
     */
    Stock maxSequence();

    /** The highest sequence among rows and failures; 0 if there is none. */
    long highest();

    /** The holders of these numbers, from rows and failures. */
    Map<Long, String> holders(Collection<Long> sequences);

    /** The numbers of these users, from rows and failures. */
    Map<String, Long> numbers(Collection<String> users);

    /** The numbers in 1..{@code highest} that are neither row nor failure, ascending. */
    List<Long> holes();

    /**
     * All or nothing.
     *
     * @throws LedgerException.Rejected when it refuses a row; the attempt goes on
     */
    void insert(List<Reservation> rows);

    /** Stores reservations that cannot be rows as failures with their numbers. */
    void insertFailures(List<Reservation> rows, String reason);

    /** Takes and deletes what nodes handed over to this attempt and to earlier ones. */
    List<Reservation> takeHandedOver();

    /** Takes and deletes each node's report of the highest number that it has seen given. */
    Map<String, Long> takeSightings();

    /** Deletes the void failures of these numbers, because their holders were found. */
    void removeVoid(List<Long> sequences);

    /**
     * Fills numbers without a known holder with {@code VOID} failures of {@link Holding#ofVoid}.
     */
    void insertVoid(List<Long> sequences);

    void moveCursor(long last);

    /** Stores the differences, for the operator. */
    void report(List<Drift> drift);
  }

  /**
   * Rows and failures with a sequence above {@code after}, ascending. Redis is loaded with these.
   */
  List<Holding> held(CampaignId campaign, long after, int limit);

  /**
   * Sets rebuilding to false if the epoch is still {@code epoch} and the attempt has taken
   * everything that was handed over.
   */
  boolean finish(CampaignId campaign, long epoch);
}
