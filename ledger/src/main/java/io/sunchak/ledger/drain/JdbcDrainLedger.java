package io.sunchak.ledger.drain;

import io.sunchak.core.CampaignId;
import io.sunchak.core.Reservation;
import io.sunchak.core.ledger.DrainLedger;
import io.sunchak.ledger.connection.LedgerDatabase;
import io.sunchak.ledger.connection.LedgerErrors;
import io.sunchak.ledger.rows.Batch;
import io.sunchak.ledger.rows.Columns;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Writes for the drain into PostgreSQL: one transaction moves the cursor first and then inserts the
 * rows.
 */
public final class JdbcDrainLedger implements DrainLedger {
  private final LedgerDatabase database;

  public JdbcDrainLedger(LedgerDatabase database) {
    this.database = database;
  }

  @Override
  public boolean append(CampaignId campaign, long epoch, long cursor, List<Reservation> batch) {
    return afterMoving(
        campaign,
        epoch,
        cursor,
        batch.size(),
        now -> database.inSession(session -> CouponCopy.write(session, campaign, batch, now)));
  }

  @Override
  public boolean appendFailure(
      CampaignId campaign, long epoch, long cursor, Reservation reservation, String reason) {
    String kept = Batch.reason(reason);
    return afterMoving(
        campaign,
        epoch,
        cursor,
        1,
        now -> Batch.insertFailures(database.jdbc(), campaign, List.of(reservation), "OPEN", kept));
  }

  private boolean afterMoving(
      CampaignId campaign, long epoch, long cursor, int by, Consumer<Instant> insert) {
    return LedgerErrors.callOnNewSession(() ->
        Boolean.TRUE.equals(
            database
                .transactions()
                .execute(status -> {
                  Optional<Instant> moved = moveCursor(campaign, epoch, cursor, cursor + by);
                  moved.ifPresent(insert);
                  return moved.isPresent();
                })));
  }

  /** When it was moved, by the ledger's clock; empty if it was not. */
  private Optional<Instant> moveCursor(CampaignId campaign, long epoch, long from, long to) {
    return database
        .jdbc()
        .sql(
            """
            UPDATE drain_cursor SET last = :to
            WHERE campaign_id = :campaign AND last = :from AND epoch = :epoch
            RETURNING clock_timestamp() AS now
            """)
        .param("to", to)
        .param("campaign", campaign.value())
        .param("from", from)
        .param("epoch", epoch)
        .query((row, n) -> Columns.instant(row, "now"))
        .optional();
  }
}
