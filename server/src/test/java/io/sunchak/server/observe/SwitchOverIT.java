package io.sunchak.server.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.embedded.directory.DataDirectory;
import io.sunchak.embedded.engine.EngineOptions;
import io.sunchak.server.testing.Api;
import io.sunchak.server.testing.Call;
import io.sunchak.server.testing.LiveServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A PostgreSQL that takes no writes for a while, as in a switch-over: said so while it lasts, over
 * within ten seconds after. On engines of its own, for it concerns the whole server.
 */
class SwitchOverIT {
  private static final String END_SESSIONS =
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'sunchak'";
  private static final Duration LASTS = Duration.ofSeconds(20);

  @ParameterizedTest
  @ValueSource(strings = {"SYSTEM", "DATABASE"})
  void the_first_row_comes_within_ten_seconds_after_it_and_health_tells_the_truth(String level)
      throws SQLException {
    try (DataDirectory data = DataDirectory.ephemeral(Path.of("target"));
        EmbeddedEngines engines = EmbeddedEngines.start(data, EngineOptions.defaults());
        LiveServer server = LiveServer.start(engines)) {
      Api api = new Api(server);
      patiently().until(() -> api.get("/actuator/health/readiness").status() == 200);
      api.create("switch-over", 100);
      patiently().until(() -> api.issue("switch-over", "before").status() == 202);
      patiently().until(() -> rows(engines) == 1);
      patiently().until(() -> ledger(api).equals("UP"));

      readOnly(engines, level, "on");
      run(engines, END_SESSIONS);
      api.issue("switch-over", "meanwhile").is(202);
      patiently().until(() -> ledger(api).equals("UNKNOWN"));
      // The sessions of now were opened meanwhile, and the drain's pauses have grown long.
      await()
          .during(LASTS)
          .atMost(LASTS.plusSeconds(10))
          .until(() -> rows(engines) == 1 && !ledger(api).equals("UP"));

      readOnly(engines, level, "off");
      await().atMost(Duration.ofSeconds(10)).until(() -> rows(engines) == 2);
      await().atMost(Duration.ofSeconds(10)).until(() -> ledger(api).equals("UP"));
    }
  }

  @Test
  void a_row_that_a_trigger_refuses_is_a_failure_and_the_others_go_on() throws SQLException {
    try (DataDirectory data = DataDirectory.ephemeral(Path.of("target"));
        EmbeddedEngines engines = EmbeddedEngines.start(data, EngineOptions.defaults());
        LiveServer server = LiveServer.start(engines)) {
      Api api = new Api(server);
      run(
          engines,
          """
          CREATE FUNCTION odd() RETURNS trigger LANGUAGE plpgsql AS $$
          BEGIN IF NEW.user_id = 'odd' THEN RAISE 'no odd ones'; END IF; RETURN NEW; END $$;
          CREATE TRIGGER odd BEFORE INSERT ON coupon FOR EACH ROW EXECUTE FUNCTION odd()
          """);
      patiently().until(() -> api.get("/actuator/health/readiness").status() == 200);
      api.create("odd-ones", 100);
      for (String user : List.of("a", "odd", "b", "c")) {
        patiently().until(() -> List.of(200, 202).contains(api.issue("odd-ones", user).status()));
      }
      await().atMost(Duration.ofSeconds(10)).until(() -> rows(engines) == 3);
      assertThat(
              api.admin(Call.get("/api/v1/admin/failures?campaign=odd-ones"))
                  .is(200)
                  .json()
                  .toString())
          .contains("no odd ones");
    }
  }

  private static String ledger(Api api) {
    return api.get("/actuator/health")
        .json()
        .path("components")
        .path("ledger")
        .path("status")
        .asString();
  }

  private static long rows(EmbeddedEngines engines) throws SQLException {
    try (Connection session = connect(engines);
        Statement statement = session.createStatement();
        ResultSet row = statement.executeQuery("SELECT count(*) FROM coupon")) {
      row.next();
      return row.getLong(1);
    }
  }

  private static void readOnly(EmbeddedEngines engines, String level, String value)
      throws SQLException {
    String of = level.equals("DATABASE") ? "DATABASE " + database(engines) : level;
    run(engines, "ALTER " + of + " SET default_transaction_read_only = " + value);
    run(engines, "SELECT pg_reload_conf()");
  }

  private static String database(EmbeddedEngines engines) throws SQLException {
    try (Connection session = connect(engines)) {
      return session.getCatalog();
    }
  }

  private static void run(EmbeddedEngines engines, String sql) {
    try (Connection session = connect(engines);
        Statement statement = session.createStatement()) {
      statement.execute("SET default_transaction_read_only = off");
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Connection connect(EmbeddedEngines engines) throws SQLException {
    return DriverManager.getConnection(
        engines.jdbcUrl(), engines.postgresUser(), engines.postgresPassword());
  }

  private static ConditionFactory patiently() {
    return await().atMost(Duration.ofSeconds(60));
  }
}
