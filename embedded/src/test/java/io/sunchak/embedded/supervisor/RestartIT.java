package io.sunchak.embedded.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.embedded.directory.DataDirectory;
import io.sunchak.embedded.engine.EngineListener;
import io.sunchak.embedded.engine.EngineOptions;
import io.sunchak.embedded.engine.RunningEngine;
import io.sunchak.embedded.testing.BesideBinaries;
import io.sunchak.embedded.testing.Processes;
import io.sunchak.embedded.testing.Resp;
import io.sunchak.embedded.testing.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.postgresql.PGConnection;

/** Engines that are killed come back by themselves, where they were, with what they had. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RestartIT {
  private static final int DEATHS = 5;

  private final List<String> heard = new CopyOnWriteArrayList<>();
  private final DataDirectory data = DataDirectory.ephemeral(BesideBinaries.PARENT);
  private final EmbeddedEngines engines =
      EmbeddedEngines.start(data, EngineOptions.defaults().with(noting()));

  @BeforeEach
  void hear_nothing_of_the_test_before() {
    heard.clear();
  }

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
      awaitReturn(death);
      assertThat(redis.isUp()).isTrue();
      assertThat(redis.pid()).isNotEqualTo(killed);
      assertThat(redis.restarts()).isEqualTo(before + death);
    }
    assertThat(redis.port()).isEqualTo(port);
    assertThat(Resp.ask(engines.redisUri(), "LLEN", "{c:restart}:l"))
        .isEqualTo(Integer.toString(DEATHS));
    assertThat(heard).containsExactlyElementsOf(deathsAndReturns("redis"));
  }

  @Test
  void postgres_comes_back_with_all_it_committed() throws SQLException {
    RunningEngine postgres = engines.postgres();
    int port = postgres.port();
    Sql.ask(engines, "CREATE TABLE postmaster (death int)");
    for (int death = 1; death <= DEATHS; death++) {
      Sql.ask(engines, "INSERT INTO postmaster VALUES (" + death + ")");
      try (Connection orphaned = Sql.connect(engines)) {
        // Its frozen backend lives on, and PostgreSQL refuses to start beside it.
        Processes.freeze(orphaned.unwrap(PGConnection.class).getBackendPID());
        Processes.kill(postgres.pid());
        awaitReturn(death);
      }
    }
    assertThat(postgres.port()).isEqualTo(port);
    assertThat(Sql.ask(engines, "SELECT count(*) FROM postmaster"))
        .isEqualTo(Integer.toString(DEATHS));
    assertThat(heard).containsExactlyElementsOf(deathsAndReturns("postgres"));
  }

  /** PostgreSQL mends this by itself: its postmaster lives on, so nobody has to hear. */
  @Test
  void postgres_answers_again_after_the_death_of_a_backend() throws SQLException {
    long postmaster = engines.postgres().pid();
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
    assertThat(heard).isEmpty();
  }

  private static List<String> deathsAndReturns(String role) {
    return Collections.nCopies(DEATHS, List.of(role + " down 137", role + " up")).stream()
        .flatMap(List::stream)
        .toList();
  }

  private EngineListener noting() {
    return new EngineListener() {
      @Override
      public void onDown(String role, int exit) {
        heard.add(role + " down " + exit);
      }

      @Override
      public void onUp(String role, Duration outage) {
        heard.add(role + (outage.isPositive() ? " up" : " up before it was down"));
      }
    };
  }

  private void awaitReturn(int times) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(5))
        .until(() -> heard.size() == 2 * times);
  }
}
