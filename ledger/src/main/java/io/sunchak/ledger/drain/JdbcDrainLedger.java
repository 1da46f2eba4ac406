package io.sunchak.ledger.drain;

import io.sunchak.core.CampaignId;
import io.sunchak.core.Reservation;
import io.sunchak.core.ledger.DrainLedger;
import io.sunchak.ledger.connection.LedgerDatabase;
import io.sunchak.ledger.connection.LedgerErrors;
import io.sunchak.ledger.rows.Batch;
import java.util.List;

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
        () -> Batch.insertCoupons(database.jdbc(), campaign, batch));
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
        () -> Batch.insertFailures(database.jdbc(), campaign, List.of(reservation), "OPEN", kept));
  }

  private boolean afterMoving(
      CampaignId campaign, long epoch, long cursor, int by, Runnable insert) {
    return LedgerErrors.callOnNewSession(() ->
        Boolean.TRUE.equals(
            database
                .transactions()
                .execute(status -> {
                  if (!moveCursor(campaign, epoch, cursor, cursor + by)) {
                    return false;
                  }
                  insert.run();
                  return true;
                })));
  }

  private boolean moveCursor(CampaignId campaign, long epoch, long from, long to) {
    return database
            .jdbc()
            .sql(
                """
                UPDATE drain_cursor SET last = :to
                WHERE campaign_id = :campaign AND last = :from AND epoch = :epoch
                """)
            .param("to", to)
            .param("campaign", campaign.value())
            .param("from", from)
            .param("epoch", epoch)
            .update()
        == 1;
  }
}
