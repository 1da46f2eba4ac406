package io.sunchak.ledger.promises;

import io.sunchak.core.CampaignId;
import io.sunchak.core.Reservation;
import io.sunchak.core.ledger.PromiseLedger;
import io.sunchak.ledger.connection.LedgerDatabase;
import io.sunchak.ledger.connection.LedgerErrors;
import io.sunchak.ledger.rows.Batch;
import io.sunchak.ledger.rows.Columns;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The nodes' reports and promises in PostgreSQL. */
public final class JdbcPromiseLedger implements PromiseLedger {
  private static final int CHUNK = 10_000;

  /**
   * A node that has not reported for ten minutes is taken for gone, and nobody waits for it. Places
   * are compared as {@link io.sunchak.core.ledger.NodeName#place} tells.
   */
  private static final String PEERS =
      """
      SELECT id, reported_at, reported_at > clock_timestamp() - interval '1 minute' AS recent,
             EXISTS (SELECT FROM node next
                     WHERE regexp_replace(next.id, '~[^~]*$', '') = regexp_replace(node.id, '~[^~]*$', '')
                       AND next.reported_at > node.reported_at + CAST(:silence AS interval)) AS succeeded
      FROM node
      WHERE id <> :node AND reported_at > clock_timestamp() - interval '10 minutes'
      """;

  private static final List<String> TIDY =
      List.of(
          "DELETE FROM node WHERE reported_at < clock_timestamp() - interval '1 day'",
          """
          DELETE FROM sighting s USING drain_cursor d
          WHERE d.campaign_id = s.campaign_id AND d.epoch = s.epoch AND s.seq <= d.last
          """,
          """
          DELETE FROM hand_over WHERE (campaign_id, seq, user_id) IN (
            SELECT campaign_id, seq, user_id FROM (SELECT * FROM hand_over LIMIT 1000) h
            WHERE (SELECT user_id FROM coupon WHERE campaign_id = h.campaign_id AND seq = h.seq) = h.user_id)
          """);

  private final LedgerDatabase database;

  public JdbcPromiseLedger(LedgerDatabase database) {
    this.database = database;
  }

  @Override
  public void report(String node, String redis, Collection<Sighting> seen) {
    transaction(() -> {
      int reported =
          sql("""
          INSERT INTO node (id, redis, reported_at) VALUES (:node, :redis, clock_timestamp())
          ON CONFLICT (id) DO UPDATE SET redis = excluded.redis, reported_at = excluded.reported_at
          """)
              .param("node", node)
              .param("redis", redis)
              .update();
      if (!seen.isEmpty()) {
        sight(node, List.copyOf(seen));
      }
      return reported;
    });
  }

  @Override
  public void tidy() {
    transaction(() -> TIDY.stream().mapToInt(statement -> sql(statement).update()).sum());
  }

  private void sight(String node, List<Sighting> seen) {
    sql("""
    INSERT INTO sighting (campaign_id, node, epoch, seq, user_id)
    SELECT c, :node, e, s, u
    FROM unnest(CAST(:campaigns AS text[]), CAST(:epochs AS bigint[]), CAST(:seqs AS bigint[]),
                CAST(:users AS text[])) t(c, e, s, u)
    ON CONFLICT (campaign_id, node)
    DO UPDATE SET epoch = excluded.epoch, seq = excluded.seq, user_id = excluded.user_id
    WHERE (sighting.epoch, sighting.seq) <> (excluded.epoch, excluded.seq)
    """)
        .param("node", node)
        .param("campaigns", texts(seen, s -> s.campaign().value()))
        .param("epochs", longs(seen, Sighting::epoch))
        .param("seqs", longs(seen, s -> s.witness().sequence()))
        .param("users", texts(seen, s -> s.witness().user()))
        .update();
  }

  @Override
  public void leave(String node, Map<CampaignId, List<Reservation>> promises) {
    transaction(() -> {
      promises.forEach(this::insert);
      return sql("DELETE FROM node WHERE id = :node").param("node", node).update();
    });
  }

  @Override
  public List<Rebuilding> rebuilding(Collection<CampaignId> promised) {
    String[] mine = promised.stream().map(CampaignId::value).toArray(String[]::new);
    return LedgerErrors.call(() ->
        sql("""
        SELECT id, epoch FROM campaign
        WHERE resyncing AND (epoch > 1 OR id = ANY(CAST(:mine AS text[])))
        """)
            .param("mine", mine)
            .query((row, n) -> new Rebuilding(new CampaignId(row.getString(1)), row.getLong(2)))
            .list());
  }

  /**
   * The lock keeps the attempt from finishing in between: either the attempt takes what is stored
   * here, or its end is refused.
   */
  @Override
  public boolean handOver(
      CampaignId campaign, long epoch, String node, List<Reservation> promises) {
    return transaction(() -> {
      if (marked(List.of(new Rebuilding(campaign, epoch)), node).isEmpty()) {
        return false;
      }
      insert(campaign, promises);
      return true;
    });
  }

  @Override
  public List<Rebuilding> handOverNothing(List<Rebuilding> resyncs, String node) {
    return resyncs.isEmpty() ? List.of() : transaction(() -> marked(resyncs, node));
  }

  private List<Rebuilding> marked(List<Rebuilding> resyncs, String node) {
    return sql("""
    WITH under_way AS (
      SELECT id, epoch FROM campaign
      WHERE resyncing AND (id, epoch) IN
        (SELECT * FROM unnest(CAST(:campaigns AS text[]), CAST(:epochs AS bigint[])))
      FOR SHARE)
    INSERT INTO handed_over (campaign_id, node, epoch) SELECT id, :node, epoch FROM under_way
    ON CONFLICT (campaign_id, node) DO UPDATE SET epoch = excluded.epoch
    RETURNING campaign_id, epoch
    """)
        .param("node", node)
        .param("campaigns", texts(resyncs, a -> a.campaign().value()))
        .param("epochs", longs(resyncs, Rebuilding::epoch))
        .query((row, n) -> new Rebuilding(new CampaignId(row.getString(1)), row.getLong(2)))
        .list();
  }

  private void insert(CampaignId campaign, List<Reservation> promises) {
    for (int from = 0; from < promises.size(); from += CHUNK) {
      Batch.insertHandedOver(
          database.jdbc(),
          campaign,
          promises.subList(from, Math.min(promises.size(), from + CHUNK)));
    }
  }

  @Override
  public List<Peer> withoutHandOver(CampaignId campaign, long epoch, String node) {
    String without =
        """
        AND NOT EXISTS (SELECT FROM handed_over h
                        WHERE h.campaign_id = :campaign AND h.node = node.id AND h.epoch >= :epoch)
        """;
    return peers(
        sql(PEERS + without).param("campaign", campaign.value()).param("epoch", epoch), node);
  }

  @Override
  public List<Rebuilding> unanswered(String node) {
    return LedgerErrors.call(() ->
        sql("""
        SELECT campaign_id, epoch FROM drift
        WHERE kind = 'SILENT' AND answered_at IS NULL AND user_id = :node
        ORDER BY found_at LIMIT 1000
        """)
            .param("node", Batch.storable(node))
            .query((row, n) -> new Rebuilding(new CampaignId(row.getString(1)), row.getLong(2)))
            .list());
  }

  @Override
  public void answer(List<Rebuilding> resyncs, String node) {
    LedgerErrors.run(() ->
        sql("""
        UPDATE drift d SET answered_at = clock_timestamp()
        FROM unnest(CAST(:campaigns AS text[]), CAST(:epochs AS bigint[])) t(campaign, epoch)
        WHERE d.kind = 'SILENT' AND d.answered_at IS NULL AND d.user_id = :node
          AND d.campaign_id = t.campaign AND d.epoch = t.epoch
        """)
            .param("node", Batch.storable(node))
            .param("campaigns", texts(resyncs, a -> a.campaign().value()))
            .param("epochs", longs(resyncs, Rebuilding::epoch))
            .update());
  }

  @Override
  public List<Peer> elsewhere(String redis, String node) {
    return peers(sql(PEERS + "AND redis NOT IN (:redis, '')").param("redis", redis), node);
  }

  private static List<Peer> peers(JdbcClient.StatementSpec statement, String node) {
    return LedgerErrors.call(() ->
        statement
            .param("node", node)
            .param("silence", SILENCE.toString())
            .query((row, n) ->
                new Peer(
                    row.getString(1),
                    Columns.instant(row, "reported_at"),
                    row.getBoolean("recent"),
                    row.getBoolean("succeeded")))
            .list());
  }

  private JdbcClient.StatementSpec sql(String text) {
    return database.jdbc().sql(text);
  }

  private <T> T transaction(Supplier<T> work) {
    return LedgerErrors.call(() -> database.transactions().execute(status -> work.get()));
  }

  private static <T> String[] texts(List<T> all, Function<T, String> field) {
    return all.stream().map(field).map(Batch::storable).toArray(String[]::new);
  }

  private static <T> Long[] longs(List<T> all, Function<T, Long> field) {
    return all.stream().map(field).toArray(Long[]::new);
  }
}
