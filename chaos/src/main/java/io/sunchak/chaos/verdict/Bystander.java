package io.sunchak.chaos.verdict;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.sync.RedisCommands;
import io.sunchak.chaos.cluster.EnginePair;
import io.sunchak.core.CampaignId;
import io.sunchak.embedded.postgres.EmbeddedPostgres;
import io.sunchak.judge.Held;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * Reads Redis and the ledger itself, in its own words: whoever judges the servers must not believe
 * their code. For one thread.
 */
public final class Bystander implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(30);
  private static final Duration CALL = Duration.ofSeconds(10);

  private final Connection ledger;
  private final RedisClient client;
  private final RedisCommands<String, String> redis;
  private final CampaignId campaign;
  private final String slot;

  /** How one row is read. */
  private interface Reading<T> {
    T of(ResultSet row) throws SQLException;
  }

  /** Both engines must run. */
  public Bystander(EnginePair engines, CampaignId campaign) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", EmbeddedPostgres.USER);
    properties.setProperty("password", engines.postgresPassword());
    this.campaign = campaign;
    this.slot = "{c:" + campaign + "}:";
    this.ledger = DriverManager.getConnection(engines.jdbcUrl(), properties);
    RedisURI uri = RedisURI.create(engines.redisUri());
    uri.setTimeout(CALL);
    this.client = RedisClient.create(uri);
    this.redis = client.connect().sync();
  }

  /** Waits until Redis and the cursor say the same, and no resync runs; false if they never do. */
  public boolean awaitDrained(Duration atMost) throws SQLException, InterruptedException {
    long deadline = System.nanoTime() + atMost.toNanos();
    while (!isDrained()) {
      if (System.nanoTime() - deadline > 0) {
        return false;
      }
      Thread.sleep(POLL);
    }
    return true;
  }

  private boolean isDrained() throws SQLException {
    try {
      // The ledger is asked last: a resync stores its rows before it ends.
      return meta("fence").isEmpty()
          && meta("drained").equals(meta("seq"))
          && meta("seq").equals(Optional.of(Long.toString(cursor())))
          && !isResyncing();
    } catch (RedisException wrong) {
      return false; // the next look tells
    }
  }

  private boolean isResyncing() throws SQLException {
    return read("SELECT resyncing FROM campaign WHERE id = ?", row -> row.getBoolean(1)).getFirst();
  }

  /** All of it, as it is now. */
  public Kept read() throws SQLException {
    Map<String, Long> issued = new HashMap<>();
    redis
        .hgetall(slot + "issued")
        .forEach((user, number) -> issued.put(user, Long.valueOf(number)));
    return new Kept(
        held("SELECT user_id, seq FROM coupon WHERE campaign_id = ?"),
        held("SELECT user_id, seq FROM failure WHERE campaign_id = ?"),
        read(
            "SELECT kind, user_id, claimed, settled FROM drift WHERE campaign_id = ? ORDER BY id",
            row ->
                new Kept.Finding(
                    row.getString(1), row.getString(2), row.getLong(3), row.getLong(4))),
        issued,
        meta("seq").map(Long::valueOf).orElse(-1L),
        cursor());
  }

  private List<Held> held(String sql) throws SQLException {
    return read(sql, row -> new Held(row.getString(1), row.getLong(2)));
  }

  private long cursor() throws SQLException {
    return read("SELECT last FROM drain_cursor WHERE campaign_id = ?", row -> row.getLong(1))
        .stream()
        .findFirst()
        .orElse(0L);
  }

  private Optional<String> meta(String field) {
    return Optional.ofNullable(redis.hget(slot + "meta", field));
  }

  private <T> List<T> read(String sql, Reading<T> reading) throws SQLException {
    try (PreparedStatement statement = ledger.prepareStatement(sql)) {
      statement.setString(1, campaign.value());
      List<T> read = new ArrayList<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          read.add(reading.of(row));
        }
      }
      return read;
    }
  }

  @Override
  public void close() throws SQLException {
    try (client) {
      ledger.close();
    }
  }
}
