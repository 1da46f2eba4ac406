package io.sunchak.ledger.drain;

import io.sunchak.core.CampaignId;
import io.sunchak.core.Reservation;
import io.sunchak.core.ledger.DrainLedger;
import io.sunchak.ledger.connection.LedgerDatabase;
import io.sunchak.ledger.connection.LedgerErrors;
import io.sunchak.ledger.rows.Batch;
import io.sunchak.ledger.rows.Columns;
import java.time.Duration;
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
  private final String node;

  /** {@code node} is this node's unique name. */
  public JdbcDrainLedger(LedgerDatabase database, String node) {
    this.database = database;
    this.node = node;
  }

  @Override
  public Duration othersTurn(CampaignId campaign) {
    return LedgerErrors.call(() ->
        database
            .jdbc()
            .sql(
                """
                SELECT CAST(extract(epoch FROM turn_until - clock_timestamp()) * 1000 AS bigint)
                FROM drain_cursor WHERE campaign_id = :campaign AND turn_of <> :node
                """)
            .param("campaign", campaign.value())
            .param("node", node)
            .query(Long.class)
            .optional()
            .map(Duration::ofMillis)
            .orElse(Duration.ZERO));
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
            UPDATE drain_cursor
            SET last = :to, turn_of = :node, turn_until = clock_timestamp() + CAST(:turn AS interval)
            WHERE campaign_id = :campaign AND last = :from AND epoch = :epoch
            RETURNING clock_timestamp() AS now
            """)
        .param("to", to)
        .param("node", node)
        .param("turn", DrainLedger.turnAfter(Math.toIntExact(to - from)).toString())
        .param("campaign", campaign.value())
        .param("from", from)
        .param("epoch", epoch)
        .query((row, n) -> Columns.instant(row, "now"))
        .optional();
  }
}
