package io.sunchak.ledger.resync;

import io.sunchak.core.CampaignId;
import io.sunchak.core.Holding;
import io.sunchak.core.ledger.ResyncLedger;
import io.sunchak.ledger.connection.LedgerDatabase;
import io.sunchak.ledger.connection.LedgerErrors;
import io.sunchak.ledger.rows.Batch;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.jdbc.support.JdbcUtils;
import org.springframework.jdbc.support.SQLErrorCodeSQLExceptionTranslator;

/** What a resync reads and writes in PostgreSQL. */
public final class JdbcResyncLedger implements ResyncLedger {
  private final LedgerDatabase database;

  public JdbcResyncLedger(LedgerDatabase database) {
    this.database = database;
  }

  /**
   * A lock of a transaction, which stays open for it: behind a pooler a session's lock would be
   * another's before it is given back.
   */
  @Override
  public Optional<Lock> tryLock(CampaignId campaign) {
    return LedgerErrors.call(() -> {
      Connection session = DataSourceUtils.getConnection(database.dataSource());
      boolean locked = false;
      try {
        session.setAutoCommit(false);
        locked = locked(session, campaign);
        return locked ? Optional.<Lock>of(() -> unlock(session)) : Optional.empty();
      } catch (SQLException e) {
        throw new SQLErrorCodeSQLExceptionTranslator(database.dataSource())
            .translate("lock", null, e);
      } finally {
        if (!locked) {
          unlock(session);
        }
      }
    });
  }

  private static void unlock(Connection session) {
    try {
      session.rollback();
    } catch (SQLException gone) {
      // The session ended, and the lock with it.
    } finally {
      JdbcUtils.closeConnection(session);
    }
  }

  /** A resync may take longer than other transactions may idle. */
  private static boolean locked(Connection session, CampaignId campaign) throws SQLException {
    try (Statement patience = session.createStatement()) {
      patience.execute("SET LOCAL idle_in_transaction_session_timeout = 0");
    }
    try (PreparedStatement statement =
        session.prepareStatement("SELECT pg_try_advisory_xact_lock(hashtextextended(?, 1))")) {
      statement.setString(1, campaign.value());
      try (ResultSet row = statement.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    }
  }

  @Override
  public long begin(CampaignId campaign, long atLeast) {
    return LedgerErrors.call(() ->
        database
            .jdbc()
            .sql(
                """
                WITH raised AS (
                  UPDATE campaign SET epoch = greatest(epoch, :least) + 1, resyncing = true
                  WHERE id = :id RETURNING id, epoch)
                UPDATE drain_cursor d SET epoch = raised.epoch FROM raised
                WHERE d.campaign_id = raised.id RETURNING d.epoch
                """)
            .param("least", atLeast)
            .param("id", campaign.value())
            .query(Long.class)
            .single());
  }

  /**
   * Looks each number up by itself, because PostgreSQL plans NOT EXISTS as one join, which reads
   * the whole campaign for a thousand numbers.
   */
  @Override
  public List<Holding> missing(CampaignId campaign, Collection<Holding> held) {
    List<Holding> asked = List.copyOf(held);
    JdbcClient.StatementSpec statement =
        database
            .jdbc()
            .sql(
                """
                SELECT h.n
                FROM unnest(CAST(:users AS text[]), CAST(:seqs AS bigint[])) WITH ORDINALITY h(user_id, seq, n)
                WHERE (SELECT user_id FROM coupon WHERE campaign_id = :id AND seq = h.seq) IS DISTINCT FROM h.user_id
                  AND (SELECT user_id FROM failure WHERE campaign_id = :id AND seq = h.seq) IS DISTINCT FROM h.user_id
                """)
            .param("id", campaign.value());
    return LedgerErrors.call(() ->
        Batch.holdings(statement, asked).query((row, n) -> asked.get(row.getInt(1) - 1)).list());
  }

  @Override
  public <T> Optional<T> inAttempt(CampaignId campaign, long epoch, Function<Attempt, T> work) {
    return LedgerErrors.call(() ->
        Optional.ofNullable(
            database
                .transactions()
                .execute(status ->
                    holds(campaign, epoch)
                        ? work.apply(new JdbcAttempt(database.jdbc(), status, campaign, epoch))
                        : null)));
  }

  private boolean holds(CampaignId campaign, long epoch) {
    return database
        .jdbc()
        .sql("SELECT 1 FROM campaign WHERE id = :id AND epoch = :epoch AND resyncing FOR UPDATE")
        .param("id", campaign.value())
        .param("epoch", epoch)
        .query(Integer.class)
        .optional()
        .isPresent();
  }

  @Override
  public List<Holding> held(CampaignId campaign, long after, int limit) {
    return LedgerErrors.call(() ->
        database.inOrder(() ->
            database
                .jdbc()
                .sql(
                    """
                    (SELECT user_id, seq FROM coupon WHERE campaign_id = :id AND seq > :after ORDER BY seq LIMIT :limit)
                    UNION ALL
                    (SELECT user_id, seq FROM failure WHERE campaign_id = :id AND seq > :after ORDER BY seq LIMIT :limit)
                    ORDER BY seq LIMIT :limit
                    """)
                .param("id", campaign.value())
                .param("after", after)
                .param("limit", limit)
                .query((row, n) -> new Holding(row.getString(1), row.getLong(2)))
                .list()));
  }

  @Override
  public boolean finish(CampaignId campaign, long epoch) {
    return inAttempt(campaign, epoch, attempt -> open(campaign)).orElse(false);
  }

  /** Locks the row, so that nobody hands over between the check and the change. */
  private boolean open(CampaignId campaign) {
    return database
            .jdbc()
            .sql(
                """
                UPDATE campaign SET resyncing = false
                WHERE id = :id AND NOT EXISTS (SELECT FROM hand_over WHERE campaign_id = :id)
                """)
            .param("id", campaign.value())
            .update()
        == 1;
  }
}
