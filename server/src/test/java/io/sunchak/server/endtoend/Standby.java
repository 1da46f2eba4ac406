package io.sunchak.server.endtoend;

import static org.awaitility.Awaitility.await;

import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.embedded.loopback.LoopbackPorts;
import io.sunchak.embedded.process.Command;
import io.sunchak.embedded.process.LaunchPrefix;
import io.sunchak.embedded.testing.FaultProxy;
import io.sunchak.embedded.testing.Sql;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A streaming standby of the bundled PostgreSQL, by a proxy that can cut it off. Of the same
 * program as the primary.
 */
final class Standby implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final EmbeddedEngines engines;
  private final int port = LoopbackPorts.free();
  private final FaultProxy replication;
  private final Process process;

  /** Copies the primary, which nobody uses yet, and streams from it. */
  Standby(EmbeddedEngines engines, Path home) throws SQLException, IOException {
    this.engines = engines;
    this.replication = new FaultProxy(engines.postgres().port());
    Path data = home.resolve("standby").toAbsolutePath();
    backUp(Path.of(Sql.ask(engines, "SHOW data_directory")), data);
    this.process = start(data, home.resolve("standby.log"));
    await("the standby streams")
        .atMost(LIMIT)
        .ignoreExceptions()
        .until(() -> ask("SELECT status FROM pg_stat_wal_receiver").equals("streaming"));
  }

  /** As PostgreSQL's manual has it: a copy between the two calls, with the label beside it. */
  private void backUp(Path primary, Path data) throws SQLException, IOException {
    String label;
    try (Connection session = Sql.connect(engines);
        Statement statement = session.createStatement()) {
      statement.execute("SELECT pg_backup_start('standby', true)");
      // With its owner, who is the one that PostgreSQL runs as.
      Command.Result copied = Command.run(List.of("cp", "-a", primary.toString(), data.toString()));
      if (!copied.ok()) {
        throw new IOException(copied.output());
      }
      try (ResultSet row = statement.executeQuery("SELECT labelfile FROM pg_backup_stop(false)")) {
        row.next();
        label = row.getString(1);
      }
    }
    Files.delete(data.resolve("postmaster.pid"));
    Files.writeString(data.resolve("backup_label"), label);
    Files.writeString(data.resolve("standby.signal"), "");
  }

  private Process start(Path data, Path log) throws IOException {
    String primary =
        "host=127.0.0.1 port=%d user=%s password=%s application_name=standby"
            .formatted(replication.port(), engines.postgresUser(), engines.postgresPassword());
    List<String> command = new ArrayList<>(LaunchPrefix.probe().forPostgres());
    command.addAll(List.of(engines.postgres().program().toString(), "-D", data.toString()));
    for (String setting :
        List.of(
            "listen_addresses=127.0.0.1",
            "port=" + port,
            "unix_socket_directories=",
            "synchronous_standby_names=",
            "primary_conninfo=" + primary)) {
      command.addAll(List.of("-c", setting));
    }
    Process started = Command.builder(command).redirectOutput(log.toFile()).start();
    Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
    return started;
  }

  /** Commits on the primary wait for it from now on. */
  void makeSynchronous() throws SQLException {
    Sql.ask(engines, "ALTER SYSTEM SET synchronous_standby_names = 'standby'");
    Sql.ask(engines, "SELECT pg_reload_conf()");
    await("it is synchronous")
        .atMost(LIMIT)
        .until(() -> Sql.ask(engines, "SELECT sync_state FROM pg_stat_replication").equals("sync"));
  }

  /** What the primary commits from now on does not reach it. */
  void cutOff() {
    replication.down();
  }

  /** It takes writes when this returns. */
  void promote() throws SQLException {
    ask("SELECT pg_promote()");
  }

  int port() {
    return port;
  }

  String jdbcUrl() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/sunchak";
  }

  /** The first column of the first row. */
  String ask(String sql) throws SQLException {
    try (Connection session =
            DriverManager.getConnection(
                jdbcUrl(), engines.postgresUser(), engines.postgresPassword());
        Statement statement = session.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return rows.next() ? rows.getString(1) : "";
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    replication.close();
  }
}
