package io.sunchak.ledger.campaigns;

import io.sunchak.core.CampaignId;
import io.sunchak.core.ledger.OverviewLedger;
import io.sunchak.ledger.connection.LedgerDatabase;
import io.sunchak.ledger.connection.LedgerErrors;
import io.sunchak.ledger.rows.Columns;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Figures of the ledger from PostgreSQL. The queries that run each second read no rows of coupons.
 */
public final class JdbcOverviewLedger implements OverviewLedger {
  private final LedgerDatabase database;

  public JdbcOverviewLedger(LedgerDatabase database) {
    this.database = database;
  }

  @Override
  public List<Summary> newest(Instant now, int limit) {
    return LedgerErrors.call(() ->
        database
            .jdbc()
            .sql(
                """
                SELECT c.*, d.last,
                       (SELECT count(*) FROM failure f WHERE f.campaign_id = c.id) AS failures,
                       (SELECT count(*) FROM failure f WHERE f.campaign_id = c.id AND f.state = 'OPEN') AS open
                FROM ((SELECT * FROM campaign WHERE NOT ended
                       ORDER BY state <> 'CLOSED' AND closes_at > :now DESC, created_at DESC, id LIMIT :limit)
                      UNION ALL
                      (SELECT * FROM campaign WHERE ended ORDER BY created_at DESC, id LIMIT :limit)) c
                JOIN drain_cursor d ON d.campaign_id = c.id
                ORDER BY c.state <> 'CLOSED' AND c.closes_at > :now DESC, c.created_at DESC, c.id LIMIT :limit
                """)
            .param("now", Columns.utc(now))
            .param("limit", limit)
            .query((row, n) ->
                new Summary(
                    JdbcCampaignLedger.campaign(row),
                    row.getLong("epoch"),
                    row.getLong("last"),
                    row.getLong("failures"),
                    row.getLong("open")))
            .list());
  }

  @Override
  public OpenFailures openFailures() {
    return LedgerErrors.call(() ->
        database
            .jdbc()
            .sql(
                """
                SELECT count(*) AS open, (array_agg(reason ORDER BY last_at DESC))[1] AS latest
                FROM failure WHERE state = 'OPEN'
                """)
            .query((row, n) -> new OpenFailures(row.getLong("open"), row.getString("latest")))
            .single());
  }

  @Override
  public Optional<Given> highest(CampaignId campaign) {
    return given(campaign, "DESC");
  }

  @Override
  public Optional<Given> lowest(CampaignId campaign) {
    return given(campaign, "ASC");
  }

  private Optional<Given> given(CampaignId campaign, String order) {
    return LedgerErrors.call(() ->
        database
            .jdbc()
            .sql(
                """
                (SELECT seq, accepted_at FROM coupon WHERE campaign_id = :id ORDER BY seq %1$s LIMIT 1)
                UNION ALL
                (SELECT seq, accepted_at FROM failure WHERE campaign_id = :id AND state <> 'VOID' ORDER BY seq %1$s LIMIT 1)
                ORDER BY seq %1$s LIMIT 1
                """
                    .formatted(order))
            .param("id", campaign.value())
            .query((row, n) -> new Given(row.getLong("seq"), Columns.instant(row, "accepted_at")))
            .optional());
  }

  @Override
  public Census census(CampaignId campaign) {
    return LedgerErrors.call(() ->
        database
            .jdbc()
            .sql(
                """
                WITH cursor AS (SELECT last FROM drain_cursor WHERE campaign_id = :id),
                     rows AS (SELECT count(*) AS all, count(*) FILTER (WHERE seq <= last) AS within
                              FROM coupon, cursor WHERE campaign_id = :id),
                     kept AS (SELECT count(*) AS all, count(*) FILTER (WHERE seq <= last) AS within
                              FROM failure, cursor WHERE campaign_id = :id),
                     twice AS (SELECT count(*) FILTER (WHERE f.seq = k.seq) AS numbers,
                                      count(*) FILTER (WHERE f.seq <> k.seq) AS users
                               FROM failure f JOIN coupon k ON k.campaign_id = f.campaign_id
                                AND (k.seq = f.seq OR k.user_id = f.user_id)
                               WHERE f.campaign_id = :id)
                SELECT rows.all AS rows, kept.all AS failures, last,
                       last - rows.within - kept.within + numbers AS gaps, numbers + users AS duplicates
                FROM cursor, rows, kept, twice
                """)
            .param("id", campaign.value())
            .query((row, n) ->
                new Census(
                    row.getLong("rows"),
                    row.getLong("failures"),
                    row.getLong("last"),
                    row.getLong("gaps"),
                    row.getLong("duplicates")))
            .single());
  }
}
