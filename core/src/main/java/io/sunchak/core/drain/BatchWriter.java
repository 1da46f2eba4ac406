package io.sunchak.core.drain;

import io.sunchak.core.CampaignId;
import io.sunchak.core.Reservation;
import io.sunchak.core.ledger.DrainLedger;
import io.sunchak.core.ledger.LedgerException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Writes a batch: at once, or all but the rows that the ledger refuses, which are kept as failures.
 * A bad migration must not empty the log into failures, so a run of bad rows ends in {@link
 * TooManyBad}.
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
    Progress done = new Progress(campaign, epoch, cursor);
    boolean all = write(batch, done);
    return new Written(done.rows, done.failures, !all);
  }

  void forget(CampaignId campaign) {
    badInARow.remove(campaign);
  }

  /** How far a batch got, in order. */
  private static final class Progress {
    private final CampaignId campaign;
    private final long epoch;
    private final long cursor;
    private int rows;
    private int failures;

    private Progress(CampaignId campaign, long epoch, long cursor) {
      this.campaign = campaign;
      this.epoch = epoch;
      this.cursor = cursor;
    }

    private long at() {
      return cursor + rows + failures;
    }
  }

  /**
   * A part that is refused is halved until the row at fault stands alone: one among a thousand
   * costs twenty transactions instead of a thousand.
   *
   * @return false once overtaken
   */
  private boolean write(List<Reservation> part, Progress done) {
    try {
      boolean written = ledger.append(done.campaign, done.epoch, done.at(), part);
      if (written) {
        badInARow.remove(done.campaign);
        done.rows += part.size();
      }
      return written;
    } catch (LedgerException.Rejected someRow) {
      int half = part.size() / 2;
      return half == 0
          ? keep(part.getFirst(), done, someRow)
          : write(part.subList(0, half), done) && write(part.subList(half, part.size()), done);
    }
  }

  private boolean keep(Reservation row, Progress done, LedgerException.Rejected bad) {
    if (badInARow.merge(done.campaign, 1, Integer::sum) > MAX_BAD_IN_A_ROW) {
      throw new TooManyBad(new Written(done.rows, done.failures, false), bad);
    }
    String reason = String.valueOf(bad.getMessage());
    boolean kept = ledger.appendFailure(done.campaign, done.epoch, done.at(), row, reason);
    if (kept) {
      done.failures++;
      listener.onFailure(done.campaign, row, reason);
    }
    return kept;
  }
}
