package io.sunchak.ledger.coupons;

import io.sunchak.core.CampaignId;
import io.sunchak.core.Coupon;
import io.sunchak.core.Holding;
import io.sunchak.core.ledger.CouponLedger;
import io.sunchak.ledger.connection.LedgerDatabase;
import io.sunchak.ledger.connection.LedgerErrors;
import io.sunchak.ledger.failures.FailureRows;
import io.sunchak.ledger.rows.Batch;
import io.sunchak.ledger.rows.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads the coupons in PostgreSQL. */
public final class JdbcCouponLedger implements CouponLedger {
  private final LedgerDatabase database;

  public JdbcCouponLedger(LedgerDatabase database) {
    this.database = database;
  }

  @Override
  public Optional<Coupon> find(CampaignId campaign, String user) {
    return LedgerErrors.call(() ->
        database
            .jdbc()
            .sql("SELECT * FROM coupon WHERE campaign_id = :id AND user_id = :user")
            .param("id", campaign.value())
            .param("user", Batch.storable(user))
            .query((row, n) -> coupon(campaign, row))
            .optional());
  }

  @Override
  public Optional<Failure> findFailure(CampaignId campaign, String user) {
    return LedgerErrors.call(() ->
        database
            .jdbc()
            .sql("SELECT * FROM failure WHERE campaign_id = :id AND user_id = :user")
            .param("id", campaign.value())
            .param("user", Batch.storable(user))
            .query((row, n) -> FailureRows.failure(campaign, row))
            .optional());
  }

  @Override
  public List<Coupon> page(CampaignId campaign, long after, int limit) {
    return LedgerErrors.call(() ->
        database.inOrder(() ->
            database
                .jdbc()
                .sql(
                    "SELECT * FROM coupon WHERE campaign_id = :id AND seq > :after ORDER BY seq LIMIT :limit")
                .param("id", campaign.value())
                .param("after", after)
                .param("limit", limit)
                .query((row, n) -> coupon(campaign, row))
                .list()));
  }

  @Override
  public Set<Holding> committed(CampaignId campaign, Collection<Holding> asked) {
    JdbcClient.StatementSpec statement =
        database
            .jdbc()
            .sql(
                """
                SELECT a.user_id, a.seq
                FROM unnest(CAST(:users AS text[]), CAST(:seqs AS bigint[])) a(user_id, seq)
                WHERE (SELECT user_id FROM coupon WHERE campaign_id = :id AND seq = a.seq) = a.user_id
                """)
            .param("id", campaign.value());
    return LedgerErrors.call(() ->
        new HashSet<>(
            Batch.holdings(statement, asked)
                .query((row, n) -> new Holding(row.getString(1), row.getLong(2)))
                .list()));
  }

  @Override
  public Counts counts(CampaignId campaign) {
    return LedgerErrors.call(() ->
        database
            .jdbc()
            .sql(
                """
                SELECT d.last, (SELECT count(*) FROM failure f WHERE f.campaign_id = d.campaign_id) AS failures,
                       (SELECT count(*) FROM coupon k WHERE k.campaign_id = d.campaign_id) AS rows
                FROM drain_cursor d WHERE d.campaign_id = :id
                """)
            .param("id", campaign.value())
            .query((row, n) ->
                new Counts(row.getLong("rows"), row.getLong("failures"), row.getLong("last")))
            .single());
  }

  private static Coupon coupon(CampaignId campaign, ResultSet row) throws SQLException {
    return new Coupon(
        campaign,
        row.getLong("seq"),
        row.getString("user_id"),
        Columns.instant(row, "accepted_at"),
        Columns.instant(row, "issued_at"));
  }
}
