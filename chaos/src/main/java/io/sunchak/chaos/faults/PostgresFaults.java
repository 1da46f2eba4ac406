package io.sunchak.chaos.faults;

import io.sunchak.chaos.cluster.Cluster;
import io.sunchak.chaos.cluster.EngineChild;
import io.sunchak.chaos.cluster.Signals;
import io.sunchak.chaos.schedule.Strike;
import io.sunchak.embedded.postgres.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.function.LongConsumer;

/** Kills PostgreSQL and its backends, ends its sessions, locks its table. */
final class PostgresFaults {
  private static final String SESSIONS =
      """
      SELECT pid FROM pg_stat_activity
      WHERE backend_type = 'client backend' AND pid <> pg_backend_pid() ORDER BY pid
      """;
  private static final String END_SESSIONS =
      """
      SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()
      """;

  private final Cluster cluster;
  private final EngineChild postgres;

  PostgresFaults(Cluster cluster) {
    this.cluster = cluster;
    this.postgres = cluster.postgres();
  }

  void kill(Strike strike) throws InterruptedException {
    postgres.killAndWait();
    Thread.sleep(strike.lasting());
    postgres.launch();
  }

  void killBackend(Strike strike) throws SQLException {
    withBackend(strike, pid -> Signals.send("KILL", pid));
  }

  void stopBackend(Strike strike) throws SQLException, InterruptedException {
    List<Long> stopped = new ArrayList<>();
    withBackend(
        strike,
        pid -> {
          Signals.send("STOP", pid);
          stopped.add(pid);
        });
    Thread.sleep(strike.lasting());
    stopped.forEach(pid -> Signals.send("CONT", pid));
  }

  private void withBackend(Strike strike, LongConsumer deed) throws SQLException {
    try (Connection root = connect();
        Statement statement = root.createStatement();
        ResultSet row = statement.executeQuery(SESSIONS)) {
      List<Long> backends = new ArrayList<>();
      while (row.next()) {
        backends.add(row.getLong(1));
      }
      if (!backends.isEmpty()) {
        deed.accept(backends.get(strike.choice() % backends.size()));
      }
    }
  }

  void endSessions() throws SQLException {
    try (Connection root = connect();
        Statement statement = root.createStatement()) {
      statement.execute(END_SESSIONS);
    }
  }

  void lockCoupons(Strike strike) throws SQLException, InterruptedException {
    try (Connection root = connect();
        Statement statement = root.createStatement()) {
      root.setAutoCommit(false);
      statement.execute("LOCK TABLE coupon IN SHARE ROW EXCLUSIVE MODE");
      Thread.sleep(strike.lasting());
      root.rollback();
    }
  }

  private Connection connect() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", EmbeddedPostgres.USER);
    properties.setProperty("password", cluster.engines().postgresPassword());
    properties.setProperty("loginTimeout", "3");
    properties.setProperty("socketTimeout", "10");
    return DriverManager.getConnection(cluster.engines().jdbcUrl(), properties);
  }
}
