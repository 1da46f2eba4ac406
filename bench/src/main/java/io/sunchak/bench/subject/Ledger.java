package io.sunchak.bench.subject;

import io.sunchak.core.CampaignId;
import io.sunchak.core.Coupon;
import io.sunchak.core.ledger.CouponLedger.Failure;
import io.sunchak.load.command.CommandException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** The tables themselves, read past the server: the judge must not have to believe it. */
public final class Ledger implements AutoCloseable {
  private static final int FETCH = 10_000;
  private static final Duration POLL = Duration.ofMillis(20);

  /** Counting millions of rows takes long: so many times as long as it took, nobody counts. */
  private static final int REST = 20;

  private final Connection connection;
  private final String schema;

  /** How one row is read. */
  private interface Reading<T> {
    T of(ResultSet row) throws SQLException;
  }

  private Ledger(Connection connection, String schema) {
    this.connection = connection;
    this.schema = schema;
  }

  /** The tables of whichever server runs on these engines. */
  static Ledger of(Engines engines, Target.Kind kind) {
    return new Ledger(connect(engines), kind == Target.Kind.LAB ? "lab" : "public");
  }

  /** A connection in which each statement is a transaction. */
  public static Connection connect(Engines engines) {
    Properties properties = new Properties();
    properties.setProperty("user", engines.postgresUser());
    properties.setProperty("password", engines.postgresPassword());
    try {
      return DriverManager.getConnection(engines.jdbcUrl(), properties);
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /** The coupons of a campaign, in order. */
  public List<Coupon> rows(CampaignId campaign) {
    return read(
        "SELECT seq, user_id, accepted_at, issued_at FROM %s.coupon WHERE campaign_id = ? ORDER BY seq"
            .formatted(schema),
        campaign,
        row ->
            new Coupon(
                campaign,
                row.getLong(1),
                row.getString(2),
                row.getObject(3, OffsetDateTime.class).toInstant(),
                row.getObject(4, OffsetDateTime.class).toInstant()));
  }

  /** The failures that are kept; the lab keeps its own in Redis. */
  public List<Failure> failures(CampaignId campaign) {
    if (schema.equals("lab")) {
      return List.of();
    }
    return read(
        "SELECT seq, user_id, accepted_at, reason, state FROM failure WHERE campaign_id = ?",
        campaign,
        row ->
            new Failure(
                campaign,
                row.getLong(1),
                row.getString(2),
                row.getObject(3, OffsetDateTime.class).toInstant(),
                row.getString(4),
                row.getString(5)));
  }

  private long count(CampaignId campaign) {
    return read(
            "SELECT count(*) FROM %s.coupon WHERE campaign_id = ?".formatted(schema),
            campaign,
            row -> row.getLong(1))
        .getFirst();
  }

  /**
   * Waits until so many rows are there, or none has come for {@code still}.
   *
   * @return how many there are
   */
  public long await(CampaignId campaign, long wanted, Duration still) throws InterruptedException {
    long rows = count(campaign);
    long grown = System.nanoTime();
    Duration pause = POLL;
    while (rows < wanted && System.nanoTime() - grown < still.toNanos()) {
      Thread.sleep(pause);
      long began = System.nanoTime();
      long now = count(campaign);
      Duration rest = Duration.ofNanos(REST * (System.nanoTime() - began));
      pause = rest.compareTo(POLL) > 0 ? rest : POLL;
      if (now > rows) {
        grown = System.nanoTime();
      }
      rows = now;
    }
    return rows;
  }

  /** Nobody can issue until the returned lock is closed; reading goes on. */
  public Lock lock() {
    try {
      connection.setAutoCommit(false);
      try (var statement = connection.createStatement()) {
        statement.execute("LOCK TABLE %s.coupon IN SHARE ROW EXCLUSIVE MODE".formatted(schema));
      }
      return this::unlock;
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private void unlock() {
    try {
      connection.commit();
      connection.setAutoCommit(true);
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /** What {@link #lock} holds. */
  public interface Lock extends AutoCloseable {
    @Override
    void close();
  }

  private <T> List<T> read(String sql, CampaignId campaign, Reading<T> reading) {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, campaign.value());
      statement.setFetchSize(FETCH);
      List<T> rows = new ArrayList<>();
      try (ResultSet found = statement.executeQuery()) {
        while (found.next()) {
          rows.add(reading.of(found));
        }
      }
      return rows;
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private static CommandException failed(SQLException e) {
    return new CommandException("the ledger cannot be read: " + e.getMessage(), "run it again");
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw failed(e);
    }
  }
}
