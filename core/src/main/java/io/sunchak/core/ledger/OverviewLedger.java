package io.sunchak.core.ledger;

import io.sunchak.core.Campaign;
import io.sunchak.core.CampaignId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What people want to see of the ledger at a glance. Thread-safe, blocking; throws {@link
 * LedgerException} when it fails. Each answer is of one moment.
 */
public interface OverviewLedger {

  /**
   * The newest campaigns, those that are not over before the others.
   *
   * @param now decides what is over
   */
  List<Summary> newest(Instant now, int limit);

  /**
   * How far a campaign's drain is.
   *
   * @param failures all that are kept
   * @param open those that wait for a person
   */
  record Summary(Campaign campaign, long epoch, long cursor, long failures, long open) {
    /** Rows and failures are 1..cursor, so there is no need to count. */
    public long rows() {
      return cursor - failures;
    }
  }

  /** The failures that wait for a person. */
  OpenFailures openFailures();

  /**
   * How many, and why the latest one.
   *
   * @param latestReason null when there is none
   */
  record OpenFailures(long count, @Nullable String latestReason) {}

  /** The highest number that is stored, of those that somebody holds. */
  Optional<Given> highest(CampaignId campaign);

  /** The lowest one. */
  Optional<Given> lowest(CampaignId campaign);

  /** A number and when it was given. */
  record Given(long sequence, Instant acceptedAt) {}

  /** Counts every row and failure of a campaign: slow for a large one. */
  Census census(CampaignId campaign);

  /**
   * What was counted.
   *
   * @param cursor up to which everything is drained
   * @param gaps numbers in 1..cursor that are neither row nor failure
   * @param duplicates numbers or users that have both a row and a failure
   */
  record Census(long rows, long failures, long cursor, long gaps, long duplicates) {}
}
