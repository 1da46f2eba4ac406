package io.sunchak.core.drain;

import io.sunchak.core.CampaignId;
import io.sunchak.core.Reservation;
import io.sunchak.core.ledger.Bisection;
import io.sunchak.core.ledger.DrainLedger;
import io.sunchak.core.ledger.LedgerException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Writes a batch in one transaction. If the ledger refuses rows of it, keeps these as failures and
 * writes the others. Many refused rows in a row end in {@link TooManyBad}, so that a bad migration
 * does not turn the whole log into failures.
 */
final class BatchWriter {
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
   * @param lastPart the size of the last transaction, by which the ledger measured this node's turn
   * @param overtaken cursor or epoch had changed after these: another node or a resync was faster
   */
  record Written(int rows, int failures, int lastPart, boolean overtaken) {
    int count() {
      return rows + failures;
    }
  }

  /** The next reservation is refused, and so were those before it. */
  static final class TooManyBad extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Written before;

    TooManyBad(Written before, LedgerException.Rejected cause) {
      super(
          "more than %d rows refused in a row: %s"
              .formatted(Bisection.MAX_BAD_IN_A_ROW, cause.getMessage()),
          cause);
      this.before = before;
    }

    Written before() {
      return before;
    }
  }

  Written write(CampaignId campaign, long epoch, long cursor, List<Reservation> batch) {
    PartWriter done = new PartWriter(campaign, epoch, cursor);
    boolean all = Bisection.write(batch, done);
    return done.written(!all);
  }

  void forget(CampaignId campaign) {
    badInARow.remove(campaign);
  }

  /** How far a batch got, in order. */
  private final class PartWriter implements Bisection.Writing {
    private final CampaignId campaign;
    private final long epoch;
    private final long cursor;
    private int rows;
    private int failures;
    private int lastPart;

    private PartWriter(CampaignId campaign, long epoch, long cursor) {
      this.campaign = campaign;
      this.epoch = epoch;
      this.cursor = cursor;
    }

    private long at() {
      return cursor + rows + failures;
    }

    private Written written(boolean overtaken) {
      return new Written(rows, failures, lastPart, overtaken);
    }

    @Override
    public boolean write(List<Reservation> part) {
      assert part.getFirst().sequence() == at() + 1 : "a part is written before its turn";
      boolean written = ledger.append(campaign, epoch, at(), part);
      if (written) {
        badInARow.remove(campaign);
        rows += part.size();
        lastPart = part.size();
      }
      return written;
    }

    @Override
    public boolean keep(Reservation row, LedgerException.Rejected refusal) {
      if (badInARow.merge(campaign, 1, Integer::sum) > Bisection.MAX_BAD_IN_A_ROW) {
        throw new TooManyBad(written(false), refusal);
      }
      String reason = String.valueOf(refusal.getMessage());
      boolean kept = ledger.appendFailure(campaign, epoch, at(), row, reason);
      if (kept) {
        failures++;
        lastPart = 1;
        listener.onFailure(campaign, row, reason);
      }
      return kept;
    }
  }
}
