package io.sunchak.server.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.sunchak.admission.link.RedisLink;
import io.sunchak.admission.log.RedisCampaignKeyspace;
import io.sunchak.core.Campaign;
import io.sunchak.core.CampaignId;
import io.sunchak.core.CampaignState;
import io.sunchak.core.IssueWindow;
import io.sunchak.core.Stock;
import io.sunchak.core.log.CampaignKeyspace;
import io.sunchak.core.loop.LoopListener;
import io.sunchak.embedded.EmbeddedEngines;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A shop of years: campaigns by the thousand, written into the ledger at once; and what is asked.
 */
public final class ManyCampaigns implements AutoCloseable {
  private static final int WRITERS = 32;

  private final String uri;
  private final RedisClient client;
  private final StatefulRedisConnection<String, String> redis;
  private final Connection ledger;

  public ManyCampaigns(EmbeddedEngines engines) throws SQLException {
    uri = engines.redisUri();
    client = RedisClient.create(RedisURI.create(uri));
    redis = client.connect();
    redis.setTimeout(Duration.ofSeconds(30));
    ledger =
        DriverManager.getConnection(
            engines.jdbcUrl(), engines.postgresUser(), engines.postgresPassword());
  }

  /** {@code <prefix>-00001 …}, with a stock of 100, from 2020 to 2099. */
  public void create(String prefix, int count, String state) throws SQLException {
    try (Statement sql = ledger.createStatement()) {
      sql.execute(
          """
          WITH made AS (
            INSERT INTO campaign (id, name, total, opens_at, closes_at, state, version, max_seq)
            SELECT '%s-' || to_char(n, 'FM00000'), 'Campaign ' || n, 100, '2020-01-01Z', '2099-01-01Z', '%s', 1, 100
            FROM generate_series(1, %d) n RETURNING id)
          INSERT INTO drain_cursor (campaign_id) SELECT id FROM made
          """
              .formatted(prefix, state, count));
    }
  }

  /**
   * As {@link #create}, but as if each had been opened before: its keys are in Redis, written by
   * the same scripts, so a node has to make no resync.
   */
  public void createOpened(String prefix, int count) throws SQLException {
    AtomicInteger opened = new AtomicInteger();
    String ledgerId = text("SELECT id::text FROM ledger_identity");
    try (RedisLink link = new RedisLink(uri, "many", Duration.ofSeconds(30), LoopListener.NONE);
        ExecutorService writers = Executors.newFixedThreadPool(WRITERS)) {
      await().until(() -> link.connectionNumber().isPresent());
      CampaignKeyspace keyspace = new RedisCampaignKeyspace(link);
      for (int n = 1; n <= count; n++) {
        Campaign campaign = campaign(prefix, n);
        writers.execute(() -> {
          if (keyspace.fence(campaign.id(), ledgerId, 1)
              && keyspace.clear(campaign.id(), 1)
              && keyspace.open(campaign.id(), 1, 0, campaign)) {
            opened.incrementAndGet();
          }
        });
      }
    }
    assertThat(opened).hasValue(count);
    ledger.setAutoCommit(false);
    create(prefix, count, "ACTIVE");
    try (Statement sql = ledger.createStatement()) {
      sql.execute(
          "UPDATE campaign SET epoch = 1, resyncing = false WHERE id LIKE '" + prefix + "-%'");
      sql.execute("UPDATE drain_cursor SET epoch = 1 WHERE campaign_id LIKE '" + prefix + "-%'");
    }
    ledger.commit();
    ledger.setAutoCommit(true);
  }

  private static Campaign campaign(String prefix, int n) {
    IssueWindow window =
        new IssueWindow(
            Instant.parse("2020-01-01T00:00:00Z"), Instant.parse("2099-01-01T00:00:00Z"));
    return new Campaign(
        new CampaignId(id(prefix, n)),
        "Campaign " + n,
        Stock.of(100),
        window,
        CampaignState.ACTIVE,
        1);
  }

  /** {@code user-1 …} have a coupon each, of a campaign that was not opened yet. */
  public void give(String campaign, int count) throws SQLException {
    try (Statement sql = ledger.createStatement()) {
      ledger.setAutoCommit(false);
      sql.execute("UPDATE campaign SET total = NULL, max_seq = NULL WHERE id = '" + campaign + "'");
      sql.execute(
          "UPDATE drain_cursor SET last = %d WHERE campaign_id = '%s'".formatted(count, campaign));
      sql.execute(
          """
          INSERT INTO coupon (campaign_id, seq, user_id, accepted_at)
          SELECT '%s', n, 'user-' || n, now() FROM generate_series(1, %d) n
          """
              .formatted(campaign, count));
      ledger.commit();
      ledger.setAutoCommit(true);
    }
  }

  public static String id(String prefix, int n) {
    return "%s-%05d".formatted(prefix, n);
  }

  private String text(String question) throws SQLException {
    try (Statement sql = ledger.createStatement();
        ResultSet row = sql.executeQuery(question)) {
      row.next();
      return row.getString(1);
    }
  }

  /** One number that the ledger says. */
  long ask(String question) {
    try (Statement sql = ledger.createStatement();
        ResultSet row = sql.executeQuery(question)) {
      row.next();
      return row.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(question, e);
    }
  }

  long transactions() {
    return ask(
        "SELECT xact_commit + xact_rollback FROM pg_stat_database WHERE datname = current_database()");
  }

  /** Those within scripts too. */
  long commands() {
    return redis
        .sync()
        .info("commandstats")
        .lines()
        .filter(line -> line.startsWith("cmdstat_"))
        .mapToLong(line -> Long.parseLong(line.replaceFirst("^[^:]*:calls=(\\d+),.*", "$1")))
        .sum();
  }

  @Override
  public void close() throws SQLException {
    redis.close();
    client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
    ledger.close();
  }
}
