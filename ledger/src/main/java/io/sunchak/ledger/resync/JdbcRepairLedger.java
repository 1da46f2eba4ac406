package io.sunchak.ledger.resync;

import io.sunchak.core.CampaignId;
import io.sunchak.core.ledger.Drift;
import io.sunchak.core.ledger.Drift.Kind;
import io.sunchak.core.ledger.RepairLedger;
import io.sunchak.core.ledger.RepairSummary;
import io.sunchak.core.ledger.RepairSummary.Tally;
import io.sunchak.ledger.connection.LedgerDatabase;
import io.sunchak.ledger.connection.LedgerErrors;
import io.sunchak.ledger.rows.Batch;
import io.sunchak.ledger.rows.Columns;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the table {@code drift}, which {@link JdbcAttempt} writes. All entries of a resync have its
 * epoch.
 */
public final class JdbcRepairLedger implements RepairLedger {
  private static final String NEWEST =
      """
      WITH standing AS (
        SELECT * FROM drift d
        WHERE kind = ANY(CAST(:listed AS text[]))
          AND (CAST(:campaign AS text) IS NULL OR campaign_id = :campaign)
          AND (CAST(:node AS text) IS NULL OR user_id = :node)
          AND answered_at IS NULL
          AND NOT (kind = 'VOIDED' AND EXISTS (
            SELECT FROM drift r
            WHERE r.campaign_id = d.campaign_id AND r.kind = 'RECLAIMED' AND r.settled = d.settled AND r.id > d.id))
      ), newest AS (
        SELECT campaign_id, max(id) AS last,
               coalesce(max(epoch) FILTER (WHERE kind = ANY(CAST(:left AS text[]))), max(epoch)) AS epoch
        FROM standing GROUP BY campaign_id HAVING max(id) < :before ORDER BY last DESC LIMIT :limit
      )
      SELECT campaign_id, epoch, last, kind, max(found_at) AS found_at,
             count(*) AS found, min(settled) AS settled, max(claimed) AS claimed,
             array_agg(DISTINCT user_id) FILTER (WHERE kind = ANY(CAST(:nodes AS text[]))) AS nodes
      FROM standing JOIN newest USING (campaign_id, epoch)
      GROUP BY campaign_id, epoch, last, kind ORDER BY last DESC
      """;

  private final LedgerDatabase database;

  public JdbcRepairLedger(LedgerDatabase database) {
    this.database = database;
  }

  /** The entries of one kind of one campaign's newest resync. */
  private record Found(
      CampaignId campaign,
      long epoch,
      long last,
      Kind kind,
      Instant at,
      Tally tally,
      List<String> nodes) {}

  @Override
  public List<Repair> newest(long before, int limit) {
    return newest(null, null, Kind::isOfCampaign, before, limit);
  }

  @Override
  public Optional<Repair> newest(CampaignId campaign) {
    return newest(campaign, null, kind -> true, Long.MAX_VALUE, 1).stream().findFirst();
  }

  @Override
  public List<SilentNode> silentNodes(int limit) {
    return LedgerErrors.call(() ->
        database
            .jdbc()
            .sql(
                """
                SELECT user_id, max(found_at) AS found_at, count(DISTINCT campaign_id) AS campaigns
                FROM drift WHERE kind = 'SILENT' AND answered_at IS NULL GROUP BY user_id ORDER BY found_at DESC LIMIT :limit
                """)
            .param("limit", limit)
            .query((row, n) ->
                new SilentNode(
                    row.getString("user_id"),
                    Columns.instant(row, "found_at"),
                    row.getLong("campaigns")))
            .list());
  }

  @Override
  public List<Repair> withoutHandOverOf(String node, long before, int limit) {
    return newest(null, Batch.storable(node), kind -> kind == Kind.SILENT, before, limit);
  }

  private List<Repair> newest(
      @Nullable CampaignId campaign,
      @Nullable String node,
      Predicate<Kind> listed,
      long before,
      int limit) {
    Map<CampaignId, List<Found>> found = new LinkedHashMap<>();
    LedgerErrors.run(() ->
        database
            .jdbc()
            .sql(NEWEST)
            .param("campaign", campaign == null ? null : campaign.value(), Types.VARCHAR)
            .param("node", node, Types.VARCHAR)
            .param("listed", kinds(listed))
            .param("left", kinds(Kind::needsPerson))
            .param("nodes", kinds(Kind::isOfNode))
            .param("before", before)
            .param("limit", limit)
            .query((row, n) -> found(row))
            .list()
            .forEach(
                one -> found.computeIfAbsent(one.campaign(), id -> new ArrayList<>()).add(one)));
    return found.values().stream().map(JdbcRepairLedger::repair).toList();
  }

  private static String[] kinds(Predicate<Kind> which) {
    return Stream.of(Kind.values()).filter(which).map(Kind::name).toArray(String[]::new);
  }

  private static Found found(ResultSet row) throws SQLException {
    Array nodes = row.getArray("nodes");
    return new Found(
        new CampaignId(row.getString("campaign_id")),
        row.getLong("epoch"),
        row.getLong("last"),
        Kind.valueOf(row.getString("kind")),
        Columns.instant(row, "found_at"),
        new Tally(row.getLong("found"), row.getLong("settled"), row.getLong("claimed")),
        nodes == null ? List.of() : List.of((String[]) nodes.getArray()));
  }

  private static Repair repair(List<Found> found) {
    Map<Kind, Tally> tallies = new EnumMap<>(Kind.class);
    found.forEach(one -> tallies.put(one.kind(), one.tally()));
    List<String> nodes = found.stream().flatMap(one -> one.nodes().stream()).toList();
    Found any = found.getFirst();
    Instant at = found.stream().map(Found::at).max(Instant::compareTo).orElseThrow();
    return new Repair(
        any.campaign(), any.epoch(), at, RepairSummary.of(tallies, nodes), any.last());
  }

  @Override
  public List<Entry> page(CampaignId campaign, long before, int limit) {
    return LedgerErrors.call(() ->
        database
            .jdbc()
            .sql(
                "SELECT * FROM drift WHERE campaign_id = :id AND id < :before ORDER BY id DESC LIMIT :limit")
            .param("id", campaign.value())
            .param("before", before)
            .param("limit", limit)
            .query((row, n) -> entry(row))
            .list());
  }

  @Override
  public Optional<Entry> ofUser(CampaignId campaign, String user) {
    return LedgerErrors.call(() ->
        database
            .jdbc()
            .sql(
                """
                SELECT * FROM drift
                WHERE campaign_id = :id AND user_id = :user AND NOT kind = ANY(CAST(:nodes AS text[]))
                ORDER BY id DESC LIMIT 1
                """)
            .param("id", campaign.value())
            .param("user", Batch.storable(user))
            .param("nodes", kinds(kind -> !kind.isOfUser()))
            .query((row, n) -> entry(row))
            .optional());
  }

  private static Entry entry(ResultSet row) throws SQLException {
    Drift drift =
        new Drift(
            row.getString("user_id"),
            row.getLong("claimed"),
            row.getLong("settled"),
            Kind.valueOf(row.getString("kind")));
    return new Entry(
        row.getLong("id"), row.getLong("epoch"), Columns.instant(row, "found_at"), drift);
  }
}
