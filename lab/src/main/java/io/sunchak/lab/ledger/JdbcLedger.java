package io.sunchak.lab.ledger;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.sunchak.core.Campaign;
import io.sunchak.core.CampaignId;
import io.sunchak.core.CampaignState;
import io.sunchak.core.Coupon;
import io.sunchak.core.IssueWindow;
import io.sunchak.core.Stock;
import io.sunchak.lab.queue.QueuedIssue;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The ledger by JDBC: every stage is complete when it is returned, the caller has waited. */
public final class JdbcLedger implements Ledger, AutoCloseable {
  private static final int CONNECTIONS = 16;
  private static final int WAIT_MILLIS = 2_000;

  private final HikariDataSource pool;
  private final JdbcClient jdbc;

  public JdbcLedger(String jdbcUrl, String user, String password) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(jdbcUrl);
    config.setUsername(user);
    config.setPassword(password);
    config.setPoolName("lab-ledger");
    config.setMaximumPoolSize(CONNECTIONS);
    config.setConnectionTimeout(WAIT_MILLIS);
    config.setValidationTimeout(1_000);
    config.addDataSourceProperty("connectTimeout", "2");
    config.addDataSourceProperty("socketTimeout", "30");
    this.pool = new HikariDataSource(config);
    this.jdbc = JdbcClient.create(pool);
  }

  @Override
  public CompletionStage<Boolean> create(Campaign campaign) {
    return stage(db -> campaign(db.sql(LedgerSql.CREATE), campaign).update() == 1);
  }

  @Override
  public CompletionStage<Optional<Campaign>> change(Campaign campaign) {
    return stage(
        db -> campaign(db.sql(LedgerSql.CHANGE), campaign).query(JdbcLedger::campaign).optional());
  }

  private static JdbcClient.StatementSpec campaign(
      JdbcClient.StatementSpec statement, Campaign campaign) {
    return statement
        .param("id", campaign.id().value())
        .param("name", campaign.name())
        .param("total", campaign.stock().total(), java.sql.Types.BIGINT)
        .param("opens", at(campaign.window().opensAt()))
        .param("closes", at(campaign.window().closesAt()))
        .param("state", campaign.state().name());
  }

  @Override
  public CompletionStage<Optional<Campaign>> find(CampaignId id) {
    return stage(db ->
        db.sql(LedgerSql.FIND).param("id", id.value()).query(JdbcLedger::campaign).optional());
  }

  @Override
  public CompletionStage<List<Campaign>> campaigns(@Nullable CampaignId after, int limit) {
    return stage(db ->
        db.sql(LedgerSql.LIST)
            .param("after", after == null ? "" : after.value())
            .param("limit", limit)
            .query(JdbcLedger::campaign)
            .list());
  }

  @Override
  public CompletionStage<Boolean> issue(QueuedIssue issue) {
    return stage(db ->
        db.sql(LedgerSql.ISSUE)
                .param("campaign", issue.campaign().value())
                .param("sequence", issue.sequence())
                .param("user", issue.user())
                .param("accepted", at(issue.acceptedAt()))
                .update()
            == 1);
  }

  @Override
  public CompletionStage<Long> issued(CampaignId campaign) {
    return stage(db ->
        db.sql(LedgerSql.ISSUED).param("campaign", campaign.value()).query(Long.class).single());
  }

  @Override
  public CompletionStage<Optional<Coupon>> find(CampaignId campaign, String user) {
    return stage(db ->
        db.sql(LedgerSql.COUPON)
            .param("campaign", campaign.value())
            .param("user", user)
            .query(JdbcLedger::coupon)
            .optional());
  }

  @Override
  public CompletionStage<List<Coupon>> page(CampaignId campaign, long after, int limit) {
    return stage(db ->
        db.sql(LedgerSql.PAGE)
            .param("campaign", campaign.value())
            .param("after", after)
            .param("limit", limit)
            .query(JdbcLedger::coupon)
            .list());
  }

  private <T> CompletionStage<T> stage(Function<JdbcClient, T> work) {
    try {
      return CompletableFuture.completedFuture(work.apply(jdbc));
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(LedgerErrors.of(e));
    }
  }

  private static Campaign campaign(ResultSet row, int number) throws SQLException {
    return new Campaign(
        new CampaignId(row.getString("id")),
        row.getString("name"),
        new Stock(row.getObject("total", Long.class)),
        new IssueWindow(instant(row, "opens_at"), instant(row, "closes_at")),
        CampaignState.valueOf(row.getString("state")),
        row.getLong("version"));
  }

  private static Coupon coupon(ResultSet row, int number) throws SQLException {
    return new Coupon(
        new CampaignId(row.getString("campaign_id")),
        row.getLong("seq"),
        row.getString("user_id"),
        instant(row, "accepted_at"),
        instant(row, "issued_at"));
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  private static OffsetDateTime at(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  @Override
  public void close() {
    pool.close();
  }
}
