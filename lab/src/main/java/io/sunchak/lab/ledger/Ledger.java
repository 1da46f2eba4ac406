package io.sunchak.lab.ledger;

import io.sunchak.core.Campaign;
import io.sunchak.core.CampaignId;
import io.sunchak.core.CampaignState;
import io.sunchak.core.Coupon;
import io.sunchak.core.IssueWindow;
import io.sunchak.core.Stock;
import io.sunchak.core.ledger.LedgerException;
import io.sunchak.lab.ledger.Database.Row;
import io.sunchak.lab.queue.QueuedIssue;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The lab's durable record, the same on either driver. Thread-safe. Stages fail with {@link
 * LedgerException}, as {@link Database} says.
 */
public final class Ledger implements AutoCloseable {
  private final Database database;

  public Ledger(Database database) {
    this.database = database;
  }

  /** False when the id was used before. */
  public CompletionStage<Boolean> create(Campaign campaign) {
    String sql =
        """
        INSERT INTO lab.campaign (id, name, total, opens_at, closes_at, state)
        VALUES (:id, :name, NULLIF(:total, 0), :opens, :closes, :state) ON CONFLICT DO NOTHING
        """;
    return database.update(sql, parameters(campaign)).thenApply(rows -> rows == 1);
  }

  /** Writes these values as the next version and returns it; empty when there is none such. */
  public CompletionStage<Optional<Campaign>> change(Campaign campaign) {
    String sql =
        """
        UPDATE lab.campaign SET name = :name, total = NULLIF(:total, 0), opens_at = :opens,
               closes_at = :closes, state = :state, version = version + 1
        WHERE id = :id RETURNING *
        """;
    return database.query(sql, parameters(campaign), Ledger::campaign).thenApply(Ledger::first);
  }

  private static Map<String, ?> parameters(Campaign campaign) {
    return Map.of(
        "id", campaign.id().value(),
        "name", campaign.name(),
        "total", Objects.requireNonNullElse(campaign.stock().total(), 0L),
        "opens", at(campaign.window().opensAt()),
        "closes", at(campaign.window().closesAt()),
        "state", campaign.state().name());
  }

  public CompletionStage<Optional<Campaign>> find(CampaignId id) {
    String sql = "SELECT * FROM lab.campaign WHERE id = :id";
    return database.query(sql, Map.of("id", id.value()), Ledger::campaign).thenApply(Ledger::first);
  }

  /** In order of id, those after {@code after}. */
  public CompletionStage<List<Campaign>> campaigns(@Nullable CampaignId after, int limit) {
    String sql = "SELECT * FROM lab.campaign WHERE id > :after ORDER BY id LIMIT :limit";
    String from = after == null ? "" : after.value();
    return database.query(sql, Map.of("after", from, "limit", limit), Ledger::campaign);
  }

  /**
   * Writes a coupon, once for each user: again is harmless, so that whoever does not know whether
   * it happened may simply repeat. On purpose nothing here or in the table looks at the stock.
   */
  public CompletionStage<Boolean> issue(QueuedIssue issue) {
    String sql =
        """
        INSERT INTO lab.coupon (campaign_id, seq, user_id, accepted_at)
        VALUES (:campaign, :sequence, :user, :accepted)
        ON CONFLICT (campaign_id, user_id) DO NOTHING
        """;
    Map<String, ?> coupon =
        Map.of(
            "campaign", issue.campaign().value(),
            "sequence", issue.sequence(),
            "user", issue.user(),
            "accepted", at(issue.acceptedAt()));
    return database.update(sql, coupon).thenApply(rows -> rows == 1);
  }

  /** How many coupons the campaign has. */
  public CompletionStage<Long> issued(CampaignId campaign) {
    String sql = "SELECT count(*) AS issued FROM lab.coupon WHERE campaign_id = :campaign";
    return database
        .query(sql, Map.of("campaign", campaign.value()), row -> value(row, "issued", Long.class))
        .thenApply(List::getFirst);
  }

  public CompletionStage<Optional<Coupon>> find(CampaignId campaign, String user) {
    String sql = "SELECT * FROM lab.coupon WHERE campaign_id = :campaign AND user_id = :user";
    return database
        .query(sql, Map.of("campaign", campaign.value(), "user", user), Ledger::coupon)
        .thenApply(Ledger::first);
  }

  /** In order of sequence, those above {@code after}. */
  public CompletionStage<List<Coupon>> page(CampaignId campaign, long after, int limit) {
    String sql =
        """
        SELECT * FROM lab.coupon WHERE campaign_id = :campaign AND seq > :after
        ORDER BY seq LIMIT :limit
        """;
    Map<String, ?> range = Map.of("campaign", campaign.value(), "after", after, "limit", limit);
    return database.query(sql, range, Ledger::coupon);
  }

  private static <T> Optional<T> first(List<T> rows) {
    return rows.stream().findFirst();
  }

  private static Campaign campaign(Row row) {
    return new Campaign(
        new CampaignId(value(row, "id", String.class)),
        value(row, "name", String.class),
        new Stock(row.get("total", Long.class)),
        new IssueWindow(instant(row, "opens_at"), instant(row, "closes_at")),
        CampaignState.valueOf(value(row, "state", String.class)),
        value(row, "version", Long.class));
  }

  private static Coupon coupon(Row row) {
    return new Coupon(
        new CampaignId(value(row, "campaign_id", String.class)),
        value(row, "seq", Long.class),
        value(row, "user_id", String.class),
        instant(row, "accepted_at"),
        instant(row, "issued_at"));
  }

  private static <T> T value(Row row, String column, Class<T> type) {
    return Objects.requireNonNull(row.get(column, type));
  }

  private static Instant instant(Row row, String column) {
    return value(row, column, OffsetDateTime.class).toInstant();
  }

  private static OffsetDateTime at(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  @Override
  public void close() {
    database.close();
  }
}
