package io.sunchak.ledger.resync;

import io.sunchak.core.CampaignId;
import io.sunchak.core.Holding;
import io.sunchak.core.Reservation;
import io.sunchak.core.Stock;
import io.sunchak.core.ledger.Drift;
import io.sunchak.core.ledger.LedgerException;
import io.sunchak.core.ledger.ResyncLedger;
import io.sunchak.ledger.connection.LedgerErrors;
import io.sunchak.ledger.rows.Batch;
import io.sunchak.ledger.rows.Columns;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.SavepointManager;

/** One attempt's transaction. */
final class JdbcAttempt implements ResyncLedger.Attempt {
  /** Rows and failures as one relation of users and numbers. */
  private static final String KNOWN =
      """
      (SELECT seq, user_id FROM coupon WHERE campaign_id = :id
       UNION ALL SELECT seq, user_id FROM failure WHERE campaign_id = :id) known
      """;

  /**
   * Looks each item up by itself, as {@link JdbcResyncLedger#missing} does, because PostgreSQL
   * plans {@code = ANY} as a read of the whole campaign if that looks short.
   */
  private static final String EACH_KNOWN =
      """
      SELECT asked, found FROM (
        SELECT asked, coalesce((SELECT %1$s FROM coupon WHERE campaign_id = :id AND %2$s = asked),
                               (SELECT %1$s FROM failure WHERE campaign_id = :id AND %2$s = asked)) AS found
        FROM unnest(CAST(:asked AS %3$s[])) asked) each
      WHERE found IS NOT NULL
      """;

  /**
   * So many entries of a campaign stay when more come. Beyond them the newest ones that a person
   * must look at stay too, and what has been taken back of them since.
   */
  static final int KEPT_DRIFT = 10_000;

  private final JdbcClient jdbc;
  private final SavepointManager savepoints;
  private final CampaignId campaign;
  private final long epoch;
  private boolean pruned;

  /** {@code savepoints} are those of the transaction. */
  JdbcAttempt(JdbcClient jdbc, SavepointManager savepoints, CampaignId campaign, long epoch) {
    this.jdbc = jdbc;
    this.savepoints = savepoints;
    this.campaign = campaign;
    this.epoch = epoch;
  }

  @Override
  public Stock stock() {
    return stockIn("SELECT total FROM campaign WHERE id = :id");
  }

  @Override
  public Stock maxSequence() {
    return stockIn("SELECT max_seq FROM campaign WHERE id = :id");
  }

  private Stock stockIn(String query) {
    return sql(query).query((row, n) -> new Stock(row.getObject(1, Long.class))).single();
  }

  @Override
  public long highest() {
    return sql("SELECT coalesce(max(seq), 0) FROM " + KNOWN).query(Long.class).single();
  }

  @Override
  public Map<Long, String> holders(Collection<Long> sequences) {
    Map<Long, String> found = new HashMap<>();
    sql(EACH_KNOWN.formatted("user_id", "seq", "bigint"))
        .param("asked", Batch.longs(sequences))
        .query(row -> {
          found.put(row.getLong(1), row.getString(2));
        });
    return found;
  }

  @Override
  public Map<String, Long> numbers(Collection<String> users) {
    Map<String, String> asked = new HashMap<>();
    users.forEach(user -> asked.put(Batch.storable(user), user));
    Map<String, Long> found = new HashMap<>();
    sql(EACH_KNOWN.formatted("seq", "user_id", "text"))
        .param("asked", asked.keySet().toArray(String[]::new))
        .query(row -> {
          String user = row.getString(1);
          found.put(asked.getOrDefault(user, user), row.getLong(2));
        });
    return found;
  }

  @Override
  public List<Long> holes() {
    return sql("""
    SELECT missing FROM (
      SELECT generate_series(seq + 1, coalesce(lead(seq) OVER (ORDER BY seq), seq + 1) - 1) AS missing
      FROM (SELECT 0 AS seq UNION ALL SELECT seq FROM %s) numbers) gaps
    ORDER BY missing
    """
            .formatted(KNOWN))
        .query((row, n) -> row.getLong(1))
        .list();
  }

  @Override
  public void insert(List<Reservation> rows) {
    Object before = savepoints.createSavepoint();
    try {
      LedgerErrors.run(() -> {
        Batch.insertCoupons(jdbc, campaign, rows);
        // What is deferred to the commit would refuse them all there.
        jdbc.sql("SET CONSTRAINTS ALL IMMEDIATE").update();
      });
    } catch (LedgerException.Rejected refused) {
      savepoints.rollbackToSavepoint(before);
      throw refused;
    }
    savepoints.releaseSavepoint(before);
  }

  @Override
  public void insertFailures(List<Reservation> rows, String reason) {
    Batch.insertFailures(jdbc, campaign, rows, "OPEN", reason);
  }

  @Override
  public List<Reservation> takeHandedOver() {
    sql("DELETE FROM handed_over WHERE campaign_id = :id AND epoch < :epoch")
        .param("epoch", epoch)
        .update();
    return sql("DELETE FROM hand_over WHERE campaign_id = :id RETURNING seq, user_id, accepted_at")
        .query((row, n) ->
            new Reservation(
                epoch, row.getLong(1), row.getString(2), Columns.instant(row, "accepted_at")))
        .list();
  }

  @Override
  public Map<String, Long> takeSightings() {
    Map<String, Long> highest = new HashMap<>();
    sql("DELETE FROM sighting WHERE campaign_id = :id RETURNING node, seq")
        .query(row -> {
          highest.put(row.getString(1), row.getLong(2));
        });
    return highest;
  }

  @Override
  public void removeVoid(List<Long> sequences) {
    sql("DELETE FROM failure WHERE campaign_id = :id AND state = 'VOID' AND seq = ANY(CAST(:seqs AS bigint[]))")
        .param("seqs", Batch.longs(sequences))
        .update();
  }

  @Override
  public void insertVoid(List<Long> sequences) {
    List<Reservation> rows =
        sequences.stream()
            .map(seq -> new Reservation(epoch, seq, Holding.ofVoid(seq).user(), Instant.EPOCH))
            .toList();
    Batch.insertFailures(jdbc, campaign, rows, "VOID", "no holder of this number is known");
  }

  @Override
  public void moveCursor(long last) {
    sql("UPDATE drain_cursor SET last = :last WHERE campaign_id = :id")
        .param("last", last)
        .update();
  }

  @Override
  public void report(List<Drift> drift) {
    if (!pruned) {
      prune();
      pruned = true;
    }
    sql("""
    INSERT INTO drift (campaign_id, epoch, user_id, claimed, settled, kind)
    SELECT :id, :epoch, * FROM unnest(CAST(:users AS text[]), CAST(:claimed AS bigint[]),
                                      CAST(:settled AS bigint[]), CAST(:kinds AS text[]))
    """)
        .param("epoch", epoch)
        .param("users", drift.stream().map(d -> Batch.storable(d.user())).toArray(String[]::new))
        .param("claimed", drift.stream().map(Drift::claimed).toArray(Long[]::new))
        .param("settled", drift.stream().map(Drift::settled).toArray(Long[]::new))
        .param("kinds", drift.stream().map(d -> d.kind().name()).toArray(String[]::new))
        .update();
  }

  private void prune() {
    sql("""
    WITH open AS (
      SELECT coalesce(max(epoch) FILTER (WHERE kind <> 'SILENT'), 0) AS own,
        coalesce(max(epoch) FILTER (WHERE kind = 'SILENT'), 0) AS silent
      FROM drift WHERE campaign_id = :id AND kind NOT IN ('RENUMBERED', 'RECLAIMED'))
    DELETE FROM drift USING open
    WHERE campaign_id = :id
      AND id <= (SELECT id FROM drift WHERE campaign_id = :id ORDER BY id DESC OFFSET :kept LIMIT 1)
      AND CASE kind WHEN 'SILENT' THEN epoch < silent WHEN 'RENUMBERED' THEN TRUE ELSE epoch < own OR own = 0 END
    """)
        .param("kept", KEPT_DRIFT)
        .update();
  }

  private JdbcClient.StatementSpec sql(String text) {
    return jdbc.sql(text).param("id", campaign.value());
  }
}
