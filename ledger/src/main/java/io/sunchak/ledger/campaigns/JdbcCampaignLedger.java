package io.sunchak.ledger.campaigns;

import io.sunchak.core.Campaign;
import io.sunchak.core.CampaignId;
import io.sunchak.core.CampaignState;
import io.sunchak.core.Codes;
import io.sunchak.core.Eligibility;
import io.sunchak.core.Holding;
import io.sunchak.core.IssueWindow;
import io.sunchak.core.Stock;
import io.sunchak.core.ledger.CampaignLedger;
import io.sunchak.core.ledger.LedgerHead;
import io.sunchak.core.ledger.Progress;
import io.sunchak.ledger.connection.LedgerDatabase;
import io.sunchak.ledger.connection.LedgerErrors;
import io.sunchak.ledger.rows.Columns;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The campaigns in PostgreSQL. */
public final class JdbcCampaignLedger implements CampaignLedger {
  /** By the index of what is due. */
  static final String DUE =
      """
      SELECT * FROM campaign
      WHERE state <> 'ARCHIVED' AND closes_at <= :end AND (closes_at, id) > (:after, :id)
      ORDER BY closes_at, id LIMIT :limit
      """;

  private final LedgerDatabase database;

  public JdbcCampaignLedger(LedgerDatabase database) {
    this.database = database;
  }

  @Override
  public boolean create(Campaign campaign) {
    return LedgerErrors.call(() ->
        bound(
                    """
                    WITH made AS (
                      INSERT INTO campaign (id, name, total, opens_at, closes_at, state, version, max_seq,
                        codes, valid_from, valid_until, valid_seconds, eligible_claim, eligible_values)
                      VALUES (:id, :name, :total, :opens, :closes, :state, 1, :total,
                        :codes, :from, :until, :seconds, :claim, :values)
                      ON CONFLICT (id) DO NOTHING RETURNING id)
                    INSERT INTO drain_cursor (campaign_id) SELECT id FROM made
                    """,
                    campaign)
                .update()
            == 1);
  }

  @Override
  public Optional<Campaign> find(CampaignId id) {
    return LedgerErrors.call(() ->
        database
            .jdbc()
            .sql("SELECT * FROM campaign WHERE id = :id")
            .param("id", id.value())
            .query((row, n) -> campaign(row))
            .optional());
  }

  @Override
  public List<Campaign> page(@Nullable CampaignId after, int limit) {
    return LedgerErrors.call(() ->
        database
            .jdbc()
            .sql("SELECT * FROM campaign WHERE id > :after ORDER BY id LIMIT :limit")
            .param("after", after == null ? "" : after.value())
            .param("limit", limit)
            .query((row, n) -> campaign(row))
            .list());
  }

  @Override
  public List<Progress> progress(@Nullable CampaignId after, int limit) {
    return progress("true", after, limit);
  }

  @Override
  public List<Progress> living(@Nullable CampaignId after, int limit) {
    return progress("NOT c.ended", after, limit);
  }

  private List<Progress> progress(String which, @Nullable CampaignId after, int limit) {
    return LedgerErrors.call(() ->
        database
            .jdbc()
            .sql(
                """
                SELECT c.*, d.last FROM campaign c JOIN drain_cursor d ON d.campaign_id = c.id
                WHERE %s AND c.id > :after ORDER BY c.id LIMIT :limit
                """
                    .formatted(which))
            .param("after", after == null ? "" : after.value())
            .param("limit", limit)
            .query((row, n) ->
                new Progress(
                    campaign(row),
                    row.getLong("epoch"),
                    row.getBoolean("resyncing"),
                    row.getLong("last")))
            .list());
  }

  @Override
  public void end(Collection<Campaign> over) {
    LedgerErrors.run(() ->
        database
            .jdbc()
            .sql(
                """
                UPDATE campaign c SET ended = true
                FROM unnest(CAST(:ids AS text[]), CAST(:versions AS bigint[])) AS over(id, version)
                WHERE c.id = over.id AND c.version = over.version
                """)
            .param("ids", over.stream().map(c -> c.id().value()).toArray(String[]::new))
            .param("versions", over.stream().map(Campaign::version).toArray(Long[]::new))
            .update());
  }

  @Override
  public Set<CampaignId> known(Collection<CampaignId> ids) {
    return LedgerErrors.call(() ->
        database
            .jdbc()
            .sql("SELECT id FROM campaign WHERE id = ANY(CAST(:ids AS text[]))")
            .param("ids", ids.stream().map(CampaignId::value).toArray(String[]::new))
            .query((row, n) -> new CampaignId(row.getString("id")))
            .set());
  }

  @Override
  public Optional<LedgerHead> head(CampaignId id) {
    return LedgerErrors.call(() ->
        database
            .jdbc()
            .sql(
                """
                SELECT c.*, i.id AS ledger_id, d.last,
                       coalesce(k.user_id, f.user_id) AS last_user, s.seq AS seen_seq, s.user_id AS seen_user
                FROM campaign c
                JOIN drain_cursor d ON d.campaign_id = c.id
                CROSS JOIN ledger_identity i
                LEFT JOIN coupon k ON k.campaign_id = c.id AND k.seq = d.last
                LEFT JOIN failure f ON f.campaign_id = c.id AND f.seq = d.last
                LEFT JOIN LATERAL (
                  SELECT seq, user_id FROM sighting
                  WHERE campaign_id = c.id AND (epoch > c.epoch OR (epoch = c.epoch AND seq > d.last))
                  ORDER BY epoch DESC, seq DESC LIMIT 1) s ON true
                WHERE c.id = :id
                """)
            .param("id", id.value())
            .query((row, n) -> head(row))
            .optional());
  }

  @Override
  public Optional<Campaign> change(long expectedVersion, Campaign changed) {
    return LedgerErrors.call(() ->
        bound(
                """
                UPDATE campaign SET name = :name, total = :total, opens_at = :opens, closes_at = :closes,
                  state = :state, version = version + 1, ended = false,
                  codes = :codes, valid_from = :from, valid_until = :until, valid_seconds = :seconds,
                  eligible_claim = :claim, eligible_values = :values,
                  max_seq = CASE WHEN max_seq IS NULL OR CAST(:total AS bigint) IS NULL THEN NULL
                               ELSE greatest(max_seq, :total) END
                WHERE id = :id AND version = :version AND state <> 'ARCHIVED' RETURNING *
                """,
                changed)
            .param("version", expectedVersion)
            .query((row, n) -> campaign(row))
            .optional());
  }

  @Override
  public OptionalLong settled(CampaignId id) {
    return LedgerErrors.call(() ->
        database
            .jdbc()
            .sql(
                """
                SELECT d.last FROM drain_cursor d
                WHERE d.campaign_id = :id
                  AND NOT EXISTS (SELECT FROM failure f WHERE f.campaign_id = :id AND f.state = 'OPEN')
                  AND d.last = (SELECT count(*) FROM coupon k WHERE k.campaign_id = :id AND k.seq <= d.last)
                             + (SELECT count(*) FROM failure f WHERE f.campaign_id = :id AND f.seq <= d.last)
                """)
            .param("id", id.value())
            .query((row, n) -> OptionalLong.of(row.getLong("last")))
            .optional()
            .orElseGet(OptionalLong::empty));
  }

  @Override
  public Optional<Campaign> archive(CampaignId id) {
    return LedgerErrors.call(() ->
        database
            .jdbc()
            .sql(
                """
                UPDATE campaign SET state = 'ARCHIVED', version = version + 1, ended = true, resyncing = false
                WHERE id = :id AND state <> 'ARCHIVED' RETURNING *
                """)
            .param("id", id.value())
            .query((row, n) -> campaign(row))
            .optional());
  }

  @Override
  public void settle(CampaignId id, long version) {
    LedgerErrors.run(() ->
        database
            .jdbc()
            .sql(
                """
                UPDATE campaign SET max_seq = total
                WHERE id = :id AND version = :version AND max_seq IS DISTINCT FROM total
                """)
            .param("id", id.value())
            .param("version", version)
            .update());
  }

  @Override
  public List<Campaign> due(Instant end, @Nullable Campaign after, int limit) {
    return LedgerErrors.call(() ->
        database
            .jdbc()
            .sql(DUE)
            .param("end", Columns.utc(end))
            .param("after", Columns.utc(after == null ? Instant.EPOCH : after.window().closesAt()))
            .param("id", after == null ? "" : after.id().value())
            .param("limit", limit)
            .query((row, n) -> campaign(row))
            .list());
  }

  private JdbcClient.StatementSpec bound(String sql, Campaign campaign) {
    Eligibility eligibility = campaign.eligibility();
    return database
        .jdbc()
        .sql(sql)
        .param("claim", eligibility == null ? null : eligibility.claim(), Types.VARCHAR)
        .param("values", values(eligibility), Types.ARRAY)
        .param("id", campaign.id().value())
        .param("name", campaign.name())
        .param("total", campaign.stock().total(), Types.BIGINT)
        .param("opens", Columns.utc(campaign.window().opensAt()))
        .param("closes", Columns.utc(campaign.window().closesAt()))
        .param("state", campaign.state().name())
        .param("codes", campaign.codes().name())
        .param("from", utc(campaign.validity().from()), Types.TIMESTAMP_WITH_TIMEZONE)
        .param("until", utc(campaign.validity().until()), Types.TIMESTAMP_WITH_TIMEZONE)
        .param("seconds", seconds(campaign.validity().lasting()), Types.BIGINT);
  }

  private static String @Nullable [] values(@Nullable Eligibility eligibility) {
    return eligibility == null ? null : eligibility.in().toArray(String[]::new);
  }

  private static @Nullable OffsetDateTime utc(@Nullable Instant at) {
    return at == null ? null : Columns.utc(at);
  }

  private static @Nullable Long seconds(@Nullable Duration lasting) {
    return lasting == null ? null : lasting.toSeconds();
  }

  private static LedgerHead head(ResultSet row) throws SQLException {
    long cursor = row.getLong("last");
    String user = row.getString("last_user");
    String seen = row.getString("seen_user");
    Holding last = user == null ? null : new Holding(user, cursor);
    return new LedgerHead(
        row.getString("ledger_id"),
        row.getLong("epoch"),
        row.getBoolean("resyncing"),
        campaign(row),
        cursor,
        last,
        seen == null ? last : new Holding(seen, row.getLong("seen_seq")));
  }

  private static @Nullable Eligibility eligibility(ResultSet row) throws SQLException {
    Array values = row.getArray("eligible_values");
    return values == null
        ? null
        : new Eligibility(row.getString("eligible_claim"), List.of((String[]) values.getArray()));
  }

  static Campaign campaign(ResultSet row) throws SQLException {
    return new Campaign(
        new CampaignId(row.getString("id")),
        row.getString("name"),
        new Stock(row.getObject("total", Long.class)),
        new IssueWindow(Columns.instant(row, "opens_at"), Columns.instant(row, "closes_at")),
        CampaignState.valueOf(row.getString("state")),
        Codes.valueOf(row.getString("codes")),
        Columns.validity(row),
        eligibility(row),
        row.getLong("version"));
  }
}
