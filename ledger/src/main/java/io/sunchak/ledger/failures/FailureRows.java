package io.sunchak.ledger.failures;

import io.sunchak.core.CampaignId;
import io.sunchak.core.ledger.CouponLedger.Failure;
import io.sunchak.core.ledger.FailureLedger.Discarded;
import io.sunchak.core.ledger.FailureLedger.Filter;
import io.sunchak.core.ledger.FailureLedger.Kept;
import io.sunchak.core.ledger.LedgerException;
import io.sunchak.ledger.connection.LedgerErrors;
import io.sunchak.ledger.rows.Batch;
import io.sunchak.ledger.rows.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.TransactionStatus;

/** The statements on failures. Each runs in its caller's transaction. */
public final class FailureRows {
  private static final String MATCHING =
      """
       WHERE (CAST(:campaign AS text) IS NULL OR campaign_id = :campaign)
         AND (CAST(:state AS text) IS NULL OR state = :state)
         AND (CAST(:reason AS text) IS NULL OR position(:reason IN reason) > 0)
      """;

  private final JdbcClient jdbc;

  FailureRows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Reads failures; {@code lock} ends the statement and is {@code FOR UPDATE} or empty. */
  List<Kept> page(Filter filter, long after, int limit, String lock) {
    String order = " AND kept > :after ORDER BY kept LIMIT :limit ";
    return matching("SELECT * FROM failure" + MATCHING + order + lock, filter)
        .param("after", after)
        .param("limit", limit)
        .query((row, n) -> kept(row))
        .list();
  }

  long count(Filter filter) {
    return matching("SELECT count(*) FROM failure" + MATCHING, filter).query(Long.class).single();
  }

  private JdbcClient.StatementSpec matching(String sql, Filter filter) {
    CampaignId campaign = filter.campaign();
    return jdbc.sql(sql)
        .param("campaign", campaign == null ? null : campaign.value(), Types.VARCHAR)
        .param("state", filter.state(), Types.VARCHAR)
        .param("reason", filter.reason(), Types.VARCHAR);
  }

  Optional<Kept> find(CampaignId campaign, long sequence, String lock) {
    return jdbc.sql("SELECT * FROM failure WHERE campaign_id = :id AND seq = :seq " + lock)
        .param("id", campaign.value())
        .param("seq", sequence)
        .query((row, n) -> kept(row))
        .optional();
  }

  Optional<Kept> findByUser(CampaignId campaign, String user) {
    return jdbc.sql("SELECT * FROM failure WHERE campaign_id = :id AND user_id = :user")
        .param("id", campaign.value())
        .param("user", Batch.storable(user))
        .query((row, n) -> kept(row))
        .optional();
  }

  List<Discarded> discarded(Instant since, int limit) {
    return jdbc.sql(
            """
            SELECT campaign_id, seq, last_at FROM failure
            WHERE state = 'DISCARDED' AND last_at >= :since ORDER BY last_at LIMIT :limit
            """)
        .param("since", Columns.utc(since))
        .param("limit", limit)
        .query((row, n) ->
            new Discarded(
                new CampaignId(row.getString("campaign_id")),
                row.getLong("seq"),
                Columns.instant(row, "last_at")))
        .list();
  }

  /** The user who has the coupon with this number. */
  Optional<String> holder(CampaignId campaign, long sequence) {
    return jdbc.sql("SELECT user_id FROM coupon WHERE campaign_id = :id AND seq = :seq")
        .param("id", campaign.value())
        .param("seq", sequence)
        .query(String.class)
        .optional();
  }

  /**
   * Makes these failures coupons: all of them, or none if the ledger refuses one.
   *
   * @return why it was refused; null if it was not
   */
  @Nullable String move(TransactionStatus status, List<Kept> failures) {
    Object before = status.createSavepoint();
    try {
      LedgerErrors.run(() -> move(failures));
      status.releaseSavepoint(before);
      return null;
    } catch (LedgerException.Permanent refused) {
      status.rollbackToSavepoint(before);
      return Batch.reason(String.valueOf(refused.getMessage()));
    }
  }

  private void move(List<Kept> failures) {
    failures.forEach(kept -> Batch.requireUserForm(kept.failure().user()));
    jdbc.sql(
            """
            WITH moved AS (
              DELETE FROM failure f
              USING unnest(CAST(:campaigns AS text[]), CAST(:seqs AS bigint[])) a(campaign_id, seq)
              WHERE f.campaign_id = a.campaign_id AND f.seq = a.seq
              RETURNING f.campaign_id, f.seq, f.user_id, f.accepted_at)
            INSERT INTO coupon (campaign_id, seq, user_id, accepted_at) SELECT * FROM moved
            """)
        .param(
            "campaigns",
            failures.stream().map(k -> k.failure().campaign().value()).toArray(String[]::new))
        .param("seqs", failures.stream().map(k -> k.failure().sequence()).toArray(Long[]::new))
        .update();
  }

  /** Replaces the reason, because the newest one helps the operator most. */
  void countAttempt(Kept kept, String reason) {
    of(
            """
            UPDATE failure SET attempts = attempts + 1, last_at = clock_timestamp(), reason = :reason
            WHERE campaign_id = :id AND seq = :seq
            """,
            kept)
        .param("reason", reason)
        .update();
  }

  Kept discard(Kept kept) {
    return of(
            """
            UPDATE failure SET state = 'DISCARDED', last_at = clock_timestamp()
            WHERE campaign_id = :id AND seq = :seq RETURNING *
            """,
            kept)
        .query((row, n) -> kept(row))
        .single();
  }

  private JdbcClient.StatementSpec of(String sql, Kept kept) {
    return jdbc.sql(sql)
        .param("id", kept.failure().campaign().value())
        .param("seq", kept.failure().sequence());
  }

  private static Kept kept(ResultSet row) throws SQLException {
    return new Kept(
        failure(new CampaignId(row.getString("campaign_id")), row),
        row.getLong("kept"),
        row.getInt("attempts"),
        Columns.instant(row, "first_at"),
        Columns.instant(row, "last_at"));
  }

  public static Failure failure(CampaignId campaign, ResultSet row) throws SQLException {
    return new Failure(
        campaign,
        row.getLong("seq"),
        row.getString("user_id"),
        Columns.instant(row, "accepted_at"),
        row.getString("reason"),
        row.getString("state"));
  }
}
