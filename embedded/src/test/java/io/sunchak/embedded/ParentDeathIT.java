package io.sunchak.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.sunchak.embedded.directory.DataDirectory;
import io.sunchak.embedded.files.FileTree;
import io.sunchak.embedded.testing.BesideBinaries;
import io.sunchak.embedded.testing.ChildJvm;
import io.sunchak.embedded.testing.Processes;
import io.sunchak.embedded.testing.Resp;
import io.sunchak.embedded.testing.Sql;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code kill -9} of the JVM leaves, and what the next start makes of it. */
final class ParentDeathIT {
  @TempDir(factory = BesideBinaries.class)
  Path root;

  @Test
  void the_engines_die_with_their_jvm_and_keep_what_was_answered() throws Exception {
    try (ChildJvm jvm = ChildJvm.run(ChildStart.class, root.toString())) {
      Started engines = Started.parse(jvm.line());
      assertThat(Resp.ask(engines.redisUri(), "SET", "{c:death}:k", "kept")).isEqualTo("OK");
      engines.sql("CREATE TABLE death AS SELECT 'kept' AS v");

      jvm.kill();

      Processes.awaitGone(engines.redis());
      Processes.awaitGone(engines.postgres());
      Awaitility.await("end of all backends").until(() -> Processes.workingIn(root).isEmpty());
    }
    try (DataDirectory data = DataDirectory.open(root);
        EmbeddedEngines again = EmbeddedEngines.start(data)) {
      assertThat(Resp.ask(again.redisUri(), "GET", "{c:death}:k")).isEqualTo("kept");
      assertThat(Sql.ask(again, "SELECT v FROM death")).isEqualTo("kept");
    }
  }

  @Test
  void engines_that_outlived_their_jvm_are_reaped_by_the_next_start() throws Exception {
    Started survivors;
    try (ChildJvm jvm = ChildJvm.run(ChildStart.class, root.toString(), "survives-parent")) {
      survivors = Started.parse(jvm.line());
      jvm.kill();
      assertThat(Processes.workingIn(root)).contains(survivors.redis(), survivors.postgres());
    }
    try (DataDirectory data = DataDirectory.open(root)) {
      assertThat(Processes.alive(survivors.redis())).isFalse();
      assertThat(Processes.alive(survivors.postgres())).isFalse();
      // Those that had begun to end by themselves may still be at it.
      Awaitility.await("end of all backends").until(() -> Processes.workingIn(root).isEmpty());
      try (EmbeddedEngines again = EmbeddedEngines.start(data)) {
        assertThat(Sql.ask(again, "SELECT 1")).isEqualTo("1");
        assertThat(Resp.ask(again.redisUri(), "PING")).isEqualTo("PONG");
      }
    }
  }

  /** No pid file names a backend, and PostgreSQL refuses to start while one lives. */
  @Test
  void a_backend_that_outlived_its_postmaster_is_reaped_by_the_next_start() throws Exception {
    long backend;
    try (ChildJvm jvm = ChildJvm.run(ChildStart.class, root.toString())) {
      Started engines = Started.parse(jvm.line());
      backend = engines.idleBackend();
      Processes.freeze(backend);
      jvm.kill();
      Processes.awaitGone(engines.postgres());
      assertThat(Processes.alive(backend)).isTrue();
    }
    try (DataDirectory data = DataDirectory.open(root)) {
      assertThat(Processes.alive(backend)).isFalse();
      assertThat(Files.exists(data.run().resolve("postgres.pid"))).isFalse();
    }
  }

  @Test
  void a_cluster_whose_making_was_killed_is_made_anew() throws IOException, SQLException {
    Path halfMade = root.resolve("postgres.new");
    killWhileMaking(halfMade);

    try (DataDirectory data = DataDirectory.open(root);
        EmbeddedEngines engines = EmbeddedEngines.start(data)) {
      assertThat(Sql.ask(engines, "SELECT current_database()")).isEqualTo("sunchak");
    }
    assertThat(halfMade).doesNotExist();
    assertThat(root.resolve("postgres.password")).doesNotExist();
  }

  /** On a busy machine the kill may come too late: then once more. */
  private void killWhileMaking(Path halfMade) throws IOException {
    for (int i = 0; i < 5 && !Files.exists(halfMade); i++) {
      FileTree.delete(root.resolve("postgres"));
      try (ChildJvm jvm = ChildJvm.run(ChildStart.class, root.toString())) {
        Awaitility.await("initdb at work")
            .atMost(Duration.ofSeconds(60))
            .pollInterval(Duration.ofMillis(5))
            .until(() -> Files.exists(halfMade.resolve("base").resolve("1")));
        jvm.kill();
      }
    }
    assertThat(halfMade).isDirectory();
    assertThat(root.resolve("postgres")).doesNotExist();
  }

  /** What {@link ChildStart} prints. */
  private record Started(
      long redis, long postgres, String redisUri, String jdbcUrl, String password) {
    static Started parse(String line) {
      String[] words = line.split(" ", -1);
      assertThat(words).hasSize(6).startsWith("UP");
      return new Started(
          Long.parseLong(words[1]), Long.parseLong(words[2]), words[3], words[4], words[5]);
    }

    void sql(String statement) throws SQLException {
      try (var connection = DriverManager.getConnection(jdbcUrl, "postgres", password);
          var running = connection.createStatement()) {
        running.execute(statement);
      }
    }

    /** Left open: whoever calls this kills it. */
    @SuppressWarnings("resource")
    long idleBackend() throws SQLException {
      return DriverManager.getConnection(jdbcUrl, "postgres", password)
          .unwrap(org.postgresql.PGConnection.class)
          .getBackendPID();
    }
  }
}
