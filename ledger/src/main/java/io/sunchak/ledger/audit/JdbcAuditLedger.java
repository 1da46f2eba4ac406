package io.sunchak.ledger.audit;

import io.sunchak.core.CampaignId;
import io.sunchak.core.ledger.AuditLedger;
import io.sunchak.ledger.connection.LedgerDatabase;
import io.sunchak.ledger.connection.LedgerErrors;
import io.sunchak.ledger.rows.Batch;
import io.sunchak.ledger.rows.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The audit in PostgreSQL. A trigger refuses changes of its entries. */
public final class JdbcAuditLedger implements AuditLedger {
  private final LedgerDatabase database;

  public JdbcAuditLedger(LedgerDatabase database) {
    this.database = database;
  }

  @Override
  public void write(Act act) {
    LedgerErrors.run(() -> insert(database.jdbc(), act));
  }

  /** Joins the transaction of the calling thread, if there is one. */
  public static void insert(JdbcClient jdbc, Act act) {
    CampaignId campaign = act.campaign();
    jdbc.sql(
            """
            INSERT INTO audit (actor, action, campaign_id, detail)
            VALUES (:actor, :action, :campaign, :detail)
            """)
        .param("actor", Batch.storable(act.actor()))
        .param("action", act.action().name())
        .param("campaign", campaign == null ? null : campaign.value(), Types.VARCHAR)
        .param("detail", Batch.storable(act.detail()))
        .update();
  }

  @Override
  public <T> T recorded(Supplier<T> work, Function<T, @Nullable Act> act) {
    return LedgerErrors.call(() ->
        database
            .transactions()
            .execute(status -> {
              T result = work.get();
              Act done = act.apply(result);
              if (done != null) {
                insert(database.jdbc(), done);
              }
              return result;
            }));
  }

  @Override
  public List<Entry> page(@Nullable CampaignId campaign, long before, int limit) {
    return LedgerErrors.call(() ->
        database
            .jdbc()
            .sql(
                """
                SELECT * FROM audit
                WHERE (CAST(:campaign AS text) IS NULL OR campaign_id = :campaign) AND id < :before
                ORDER BY id DESC LIMIT :limit
                """)
            .param("campaign", campaign == null ? null : campaign.value(), Types.VARCHAR)
            .param("before", before)
            .param("limit", limit)
            .query((row, n) -> entry(row))
            .list());
  }

  private static Entry entry(ResultSet row) throws SQLException {
    String campaign = row.getString("campaign_id");
    return new Entry(
        row.getLong("id"),
        Columns.instant(row, "at"),
        new Act(
            row.getString("actor"),
            Action.valueOf(row.getString("action")),
            campaign == null ? null : new CampaignId(campaign),
            row.getString("detail")));
  }
}
