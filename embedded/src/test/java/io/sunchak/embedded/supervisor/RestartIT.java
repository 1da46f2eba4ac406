package io.sunchak.embedded.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.embedded.directory.DataDirectory;
import io.sunchak.embedded.engine.RunningEngine;
import io.sunchak.embedded.testing.BesideBinaries;
import io.sunchak.embedded.testing.Processes;
import io.sunchak.embedded.testing.Resp;
import io.sunchak.embedded.testing.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.postgresql.PGConnection;

/** Engines that are killed come back by themselves, where they were, with what they had. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RestartIT {
  private static final int DEATHS = 5;

  private final DataDirectory data = DataDirectory.ephemeral(BesideBinaries.PARENT);
  private final EmbeddedEngines engines = EmbeddedEngines.start(data);

  @AfterAll
  void stop() {
    engines.close();
    data.close();
  }

  @Test
  void redis_comes_back_with_all_it_answered() {
    RunningEngine redis = engines.redis();
    int port = redis.port();
    int before = redis.restarts();
    for (int death = 1; death <= DEATHS; death++) {
      assertThat(Resp.ask(engines.redisUri(), "RPUSH", "{c:restart}:l", "x"))
          .isEqualTo(Integer.toString(death));
      long killed = redis.pid();
      Processes.kill(killed);
      awaitReturn(redis, before + death);
      assertThat(redis.pid()).isNotEqualTo(killed);
    }
    assertThat(redis.port()).isEqualTo(port);
    assertThat(Resp.ask(engines.redisUri(), "LLEN", "{c:restart}:l"))
        .isEqualTo(Integer.toString(DEATHS));
  }

  @Test
  void postgres_comes_back_with_all_it_committed() throws SQLException {
    RunningEngine postgres = engines.postgres();
    int port = postgres.port();
    int before = postgres.restarts();
    Sql.ask(engines, "CREATE TABLE postmaster (death int)");
    for (int death = 1; death <= DEATHS; death++) {
      Sql.ask(engines, "INSERT INTO postmaster VALUES (" + death + ")");
      try (Connection orphaned = Sql.connect(engines)) {
        // Its frozen backend lives on, and PostgreSQL refuses to start beside it.
        Processes.freeze(orphaned.unwrap(PGConnection.class).getBackendPID());
        Processes.kill(postgres.pid());
        awaitReturn(postgres, before + death);
      }
    }
    assertThat(postgres.port()).isEqualTo(port);
    assertThat(Sql.ask(engines, "SELECT count(*) FROM postmaster"))
        .isEqualTo(Integer.toString(DEATHS));
  }

  /** PostgreSQL mends this by itself: its postmaster lives on. */
  @Test
  void postgres_answers_again_after_the_death_of_a_backend() throws SQLException {
    long postmaster = engines.postgres().pid();
    int restarts = engines.postgres().restarts();
    Sql.ask(engines, "CREATE TABLE backend (death int)");
    for (int death = 1; death <= DEATHS; death++) {
      Sql.ask(engines, "INSERT INTO backend VALUES (" + death + ")");
      String rows = Integer.toString(death);
      try (Connection connection = Sql.connect(engines)) {
        Processes.kill(connection.unwrap(PGConnection.class).getBackendPID());
      }
      Awaitility.await()
          .ignoreExceptions()
          .untilAsserted(
              () -> assertThat(Sql.ask(engines, "SELECT count(*) FROM backend")).isEqualTo(rows));
    }
    assertThat(engines.postgres().pid()).isEqualTo(postmaster);
    assertThat(engines.postgres().restarts()).isEqualTo(restarts);
  }

  private static void awaitReturn(RunningEngine engine, int restarts) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(5))
        .until(() -> engine.restarts() == restarts && engine.isUp());
  }
}
