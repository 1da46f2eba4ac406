package io.sunchak.embedded.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.embedded.directory.DataDirectory;
import io.sunchak.embedded.engine.EngineOptions;
import io.sunchak.embedded.engine.EngineOptions.Patience;
import io.sunchak.embedded.testing.BesideBinaries;
import io.sunchak.embedded.testing.Processes;
import io.sunchak.embedded.testing.Sql;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.PGConnection;

/** After a stop nothing runs any more, whatever state the engines were in. */
final class StopIT {
  private static final Duration SHORT = Duration.ofSeconds(1);
  private static final Duration LONG = Duration.ofSeconds(20);

  @TempDir(factory = BesideBinaries.class)
  Path root;

  @Test
  void a_stop_is_orderly_even_with_sessions_open_and_restarts_nothing() throws Exception {
    try (DataDirectory data = DataDirectory.open(root)) {
      EmbeddedEngines engines = start(data, LONG);
      Sql.ask(engines, "CREATE TABLE kept AS SELECT 1 AS v");
      try (Connection open = Sql.connect(engines)) {
        assertThat(open.isValid(5)).isTrue();
        engines.close();
      }
      assertThat(Processes.workingIn(root)).isEmpty();
      assertThat(engines.redis().isUp()).isFalse();
      assertThat(engines.postgres().isUp()).isFalse();
      assertThat(engines.redis().restarts()).isZero();
      assertThat(engines.postgres().restarts()).isZero();
      assertThat(data.run().resolve("postgres.log")).content().contains("database system is shut");
      assertThat(data.run().resolve("redis.log")).content().contains("ready to exit");
      engines.close();
    }
    try (DataDirectory data = DataDirectory.open(root);
        EmbeddedEngines again = EmbeddedEngines.start(data)) {
      assertThat(Sql.ask(again, "SELECT v FROM kept")).isEqualTo("1");
      assertThat(data.run().resolve("postgres.log")).content().doesNotContain("recovery");
    }
  }

  @Test
  void what_does_not_obey_is_killed_when_patience_ends() throws Exception {
    try (DataDirectory data = DataDirectory.open(root)) {
      EmbeddedEngines engines = start(data, SHORT);
      Connection session = Sql.connect(engines);
      Processes.freeze(session.unwrap(PGConnection.class).getBackendPID());
      Processes.freeze(engines.redis().pid());

      long asked = System.nanoTime();
      engines.close();

      assertThat(Duration.ofNanos(System.nanoTime() - asked)).isBetween(SHORT, LONG);
      assertThat(Processes.workingIn(root)).isEmpty();
      session.close();
    }
  }

  @Test
  void a_stop_while_an_engine_is_being_brought_back_ends_that_too() throws Exception {
    try (DataDirectory data = DataDirectory.open(root)) {
      EmbeddedEngines engines = start(data, LONG);
      Connection session = Sql.connect(engines);
      Processes.freeze(session.unwrap(PGConnection.class).getBackendPID());
      Processes.kill(engines.redis().pid());
      Processes.kill(engines.postgres().pid());
      engines.close();
      session.close();
      assertThat(engines.redis().isUp()).isFalse();
      assertThat(engines.postgres().isUp()).isFalse();
      Awaitility.await()
          .during(Duration.ofMillis(300))
          .until(() -> Processes.workingIn(root).isEmpty());
    }
  }

  private EmbeddedEngines start(DataDirectory data, Duration patience) {
    return EmbeddedEngines.start(data, EngineOptions.defaults().with(new Patience(LONG, patience)));
  }
}
