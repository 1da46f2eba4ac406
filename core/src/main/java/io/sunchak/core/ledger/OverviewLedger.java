package io.sunchak.core.ledger;

import io.sunchak.core.Campaign;
import io.sunchak.core.CampaignId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Figures of the ledger for people. Thread-safe, blocking; throws {@link LedgerException} when it
 * fails. Each answer is a consistent snapshot.
 */
public interface OverviewLedger {

  /**
   * The newest campaigns; those that are not over come first.
   *
   * @param now decides which campaigns are over
   */
  List<Summary> newest(Instant now, int limit);

  /**
   * The progress of a campaign's drain.
   *
   * @param failures all failures
   * @param open those that wait for an operator
   */
  record Summary(Campaign campaign, long epoch, long cursor, long failures, long open) {
    /** Rows and failures together are 1..cursor, so the rows need not be counted. */
    public long rows() {
      return cursor - failures;
    }
  }

  /** The failures that wait for an operator. */
  OpenFailures openFailures();

  /**
   * How many there are, and the reason of the latest.
   *
   * @param latestReason null if there is none
   */
  record OpenFailures(long count, @Nullable String latestReason) {}

  /** The highest stored number that has a known holder. */
  Optional<Given> highest(CampaignId campaign);

  /** The lowest stored number that has a known holder. */
  Optional<Given> lowest(CampaignId campaign);

  /** A number and when it was given. */
  record Given(long sequence, Instant acceptedAt) {}

  /** Counts every row and failure of a campaign: slow for a large one. */
  Census census(CampaignId campaign);

  /**
   * The counts.
   *
   * @param cursor the last drained sequence
   * @param gaps numbers in 1..cursor that are neither row nor failure
   * @param duplicates numbers or users that have both a row and a failure
   */
  record Census(long rows, long failures, long cursor, long gaps, long duplicates) {}
}
