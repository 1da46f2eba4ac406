package io.sunchak.lab.ledger;

import static io.r2dbc.spi.ConnectionFactoryOptions.CONNECT_TIMEOUT;
import static io.r2dbc.spi.ConnectionFactoryOptions.PASSWORD;
import static io.r2dbc.spi.ConnectionFactoryOptions.USER;

import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactoryOptions;
import io.r2dbc.spi.Readable;
import io.sunchak.core.Campaign;
import io.sunchak.core.CampaignId;
import io.sunchak.core.CampaignState;
import io.sunchak.core.Coupon;
import io.sunchak.core.IssueWindow;
import io.sunchak.core.Stock;
import io.sunchak.lab.async.Stages;
import io.sunchak.lab.queue.QueuedIssue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import reactor.core.publisher.Mono;

/** The ledger by R2DBC: no caller ever waits in its thread. */
public final class R2dbcLedger implements Ledger, AutoCloseable {
  private static final int CONNECTIONS = 16;
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(2);
  private static final Duration ACQUIRE_LIMIT = Duration.ofSeconds(10);
  private static final Duration STATEMENT_LIMIT = Duration.ofSeconds(20);

  private final ConnectionPool pool;
  private final DatabaseClient database;

  /**
   * Connects when it is first used.
   *
   * @param jdbcUrl the address as JDBC writes it, so that a node is told one
   */
  public R2dbcLedger(String jdbcUrl, String user, String password) {
    ConnectionFactoryOptions options =
        ConnectionFactoryOptions.parse(jdbcUrl.replaceFirst("^jdbc:", "r2dbc:"))
            .mutate()
            .option(USER, user)
            .option(PASSWORD, password)
            .option(CONNECT_TIMEOUT, CONNECT_LIMIT)
            .build();
    // initialSize = maxSize would put every connection on one event loop (r2dbc-pool#190).
    this.pool =
        new ConnectionPool(
            ConnectionPoolConfiguration.builder(ConnectionFactories.get(options))
                .initialSize(0)
                .minIdle(0)
                .maxSize(CONNECTIONS)
                .maxAcquireTime(ACQUIRE_LIMIT)
                .build());
    this.database = DatabaseClient.create(pool);
  }

  @Override
  public CompletionStage<Boolean> create(Campaign campaign) {
    return stage(campaign(LedgerSql.CREATE, campaign).fetch().rowsUpdated().map(n -> n == 1));
  }

  @Override
  public CompletionStage<Optional<Campaign>> change(Campaign campaign) {
    return stage(
        campaign(LedgerSql.CHANGE, campaign).map(R2dbcLedger::campaign).one().singleOptional());
  }

  private GenericExecuteSpec campaign(String sql, Campaign campaign) {
    GenericExecuteSpec statement =
        database
            .sql(sql)
            .bind("id", campaign.id().value())
            .bind("name", campaign.name())
            .bind("opens", campaign.window().opensAt())
            .bind("closes", campaign.window().closesAt())
            .bind("state", campaign.state().name());
    Long total = campaign.stock().total();
    return total == null ? statement.bindNull("total", Long.class) : statement.bind("total", total);
  }

  @Override
  public CompletionStage<Optional<Campaign>> find(CampaignId id) {
    return stage(
        database
            .sql(LedgerSql.FIND)
            .bind("id", id.value())
            .map(R2dbcLedger::campaign)
            .one()
            .singleOptional());
  }

  @Override
  public CompletionStage<List<Campaign>> campaigns(@Nullable CampaignId after, int limit) {
    return stage(
        database
            .sql(LedgerSql.LIST)
            .bind("after", after == null ? "" : after.value())
            .bind("limit", limit)
            .map(R2dbcLedger::campaign)
            .all()
            .collectList());
  }

  @Override
  public CompletionStage<Boolean> issue(QueuedIssue issue) {
    return stage(
        database
            .sql(LedgerSql.ISSUE)
            .bind("campaign", issue.campaign().value())
            .bind("sequence", issue.sequence())
            .bind("user", issue.user())
            .bind("accepted", issue.acceptedAt())
            .fetch()
            .rowsUpdated()
            .map(n -> n == 1));
  }

  @Override
  public CompletionStage<Long> issued(CampaignId campaign) {
    return stage(
        database
            .sql(LedgerSql.ISSUED)
            .bind("campaign", campaign.value())
            .map(row -> Objects.requireNonNull(row.get(0, Long.class)))
            .one());
  }

  @Override
  public CompletionStage<Optional<Coupon>> find(CampaignId campaign, String user) {
    return stage(
        database
            .sql(LedgerSql.COUPON)
            .bind("campaign", campaign.value())
            .bind("user", user)
            .map(R2dbcLedger::coupon)
            .one()
            .singleOptional());
  }

  @Override
  public CompletionStage<List<Coupon>> page(CampaignId campaign, long after, int limit) {
    return stage(
        database
            .sql(LedgerSql.PAGE)
            .bind("campaign", campaign.value())
            .bind("after", after)
            .bind("limit", limit)
            .map(R2dbcLedger::coupon)
            .all()
            .collectList());
  }

  private static <T> CompletionStage<T> stage(Mono<T> work) {
    return Stages.of(work.timeout(STATEMENT_LIMIT).onErrorMap(LedgerErrors::of));
  }

  private static Campaign campaign(Readable row) {
    return new Campaign(
        new CampaignId(text(row, "id")),
        text(row, "name"),
        new Stock(row.get("total", Long.class)),
        new IssueWindow(instant(row, "opens_at"), instant(row, "closes_at")),
        CampaignState.valueOf(text(row, "state")),
        Objects.requireNonNull(row.get("version", Long.class)));
  }

  private static Coupon coupon(Readable row) {
    return new Coupon(
        new CampaignId(text(row, "campaign_id")),
        Objects.requireNonNull(row.get("seq", Long.class)),
        text(row, "user_id"),
        instant(row, "accepted_at"),
        instant(row, "issued_at"));
  }

  private static String text(Readable row, String column) {
    return Objects.requireNonNull(row.get(column, String.class));
  }

  private static Instant instant(Readable row, String column) {
    return Objects.requireNonNull(row.get(column, Instant.class));
  }

  @Override
  public void close() {
    pool.dispose();
  }
}
