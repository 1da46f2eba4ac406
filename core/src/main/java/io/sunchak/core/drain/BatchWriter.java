package io.sunchak.core.drain;

import io.sunchak.core.CampaignId;
import io.sunchak.core.Reservation;
import io.sunchak.core.ledger.DrainLedger;
import io.sunchak.core.ledger.LedgerException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Writes a batch: at once, or row by row when the ledger refused one of its rows. A bad migration
 * must not empty the log into failures, so a run of bad rows ends in {@link TooManyBad}.
 */
final class BatchWriter {
  static final int MAX_BAD_IN_A_ROW = 10;

  private final DrainLedger ledger;
  private final DrainListener listener;
  private final Map<CampaignId, Integer> badInARow = new ConcurrentHashMap<>();

  BatchWriter(DrainLedger ledger, DrainListener listener) {
    this.ledger = ledger;
    this.listener = listener;
  }

  /**
   * How far a batch got.
   *
   * @param overtaken cursor or epoch were not the expected ones any more after these
   */
  record Written(int rows, int failures, boolean overtaken) {
    int count() {
      return rows + failures;
    }
  }

  /** The next reservation is bad, and so were the ones before it. */
  static final class TooManyBad extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Written before;

    TooManyBad(Written before, LedgerException.Rejected cause) {
      super(
          "more than " + MAX_BAD_IN_A_ROW + " rows refused in a row: " + cause.getMessage(), cause);
      this.before = before;
    }

    Written before() {
      return before;
    }
  }

  Written write(CampaignId campaign, long epoch, long cursor, List<Reservation> batch) {
    try {
      boolean written = ledger.append(campaign, epoch, cursor, batch);
      if (written) {
        badInARow.remove(campaign);
      }
      return new Written(written ? batch.size() : 0, 0, !written);
    } catch (LedgerException.Rejected someRow) {
      return writeOneByOne(campaign, epoch, cursor, batch);
    }
  }

  void forget(CampaignId campaign) {
    badInARow.remove(campaign);
  }

  private Written writeOneByOne(
      CampaignId campaign, long epoch, long cursor, List<Reservation> batch) {
    int rows = 0;
    int failures = 0;
    for (Reservation reservation : batch) {
      long at = cursor + rows + failures;
      try {
        if (!ledger.append(campaign, epoch, at, List.of(reservation))) {
          return new Written(rows, failures, true);
        }
        badInARow.remove(campaign);
        rows++;
      } catch (LedgerException.Rejected bad) {
        if (badInARow.merge(campaign, 1, Integer::sum) > MAX_BAD_IN_A_ROW) {
          throw new TooManyBad(new Written(rows, failures, false), bad);
        }
        if (!keepFailure(campaign, epoch, at, reservation, bad)) {
          return new Written(rows, failures, true);
        }
        failures++;
      }
    }
    return new Written(rows, failures, false);
  }

  private boolean keepFailure(
      CampaignId campaign,
      long epoch,
      long at,
      Reservation reservation,
      LedgerException.Rejected bad) {
    String reason = String.valueOf(bad.getMessage());
    boolean kept = ledger.appendFailure(campaign, epoch, at, reservation, reason);
    if (kept) {
      listener.onFailure(campaign, reservation, reason);
    }
    return kept;
  }
}
