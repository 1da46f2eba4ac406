package io.sunchak.server.observe;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.sunchak.embedded.EmbeddedEngines;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * A shop of years: campaigns by the thousand, written into the ledger at once; and what is asked.
 */
public final class ManyCampaigns implements AutoCloseable {
  private final RedisClient client;
  private final StatefulRedisConnection<String, String> redis;
  private final Connection ledger;

  public ManyCampaigns(EmbeddedEngines engines) throws SQLException {
    client = RedisClient.create(RedisURI.create(engines.redisUri()));
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
