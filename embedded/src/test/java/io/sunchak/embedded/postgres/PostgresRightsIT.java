package io.sunchak.embedded.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.embedded.PostgresLogin;
import io.sunchak.embedded.directory.DataDirectory;
import io.sunchak.embedded.directory.Secrets;
import io.sunchak.embedded.engine.EngineOptions;
import io.sunchak.embedded.files.FileTree;
import io.sunchak.embedded.testing.BesideBinaries;
import io.sunchak.embedded.testing.Sql;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Neither role of the server's is a superuser, in a new cluster and in one of an earlier version.
 */
final class PostgresRightsIT {
  private static final String INSUFFICIENT_PRIVILEGE = "42501";
  private static final List<String> SUPERUSERS_ONLY =
      List.of(
          "COPY (SELECT 1) TO PROGRAM 'true'",
          "COPY (SELECT 1) TO '/tmp/x'",
          "SELECT pg_read_file('PG_VERSION')",
          "SELECT pg_ls_dir('.')",
          "SELECT lo_import('/etc/hostname')",
          "SELECT rolpassword FROM pg_authid",
          "ALTER SYSTEM SET fsync = off",
          "CREATE ROLE another",
          "SET session_replication_role = replica");

  @TempDir(factory = BesideBinaries.class)
  Path root;

  @Test
  void only_the_owner_makes_tables_and_neither_reaches_programs_or_files() throws SQLException {
    try (DataDirectory data = DataDirectory.open(root);
        EmbeddedEngines engines = EmbeddedEngines.start(data, postgres())) {
      run(engines, engines.postgresOwner(), "CREATE TABLE made (v int)");
      assertRefused(engines, engines.postgresServer(), "CREATE TABLE other (v int)");
      assertRefused(engines, engines.postgresServer(), "CREATE TEMP TABLE other (v int)");
      assertRefused(engines, engines.postgresServer(), "SELECT * FROM made");
      assertAllRefused(engines);
    }
  }

  /** A password that somebody else saw is removed and made anew. */
  @Test
  void a_secret_that_was_removed_is_replaced_in_postgres_too() throws Exception {
    try (DataDirectory data = DataDirectory.open(root);
        EmbeddedEngines engines = EmbeddedEngines.start(data, postgres())) {
      run(engines, engines.postgresOwner(), "CREATE TABLE made (v int)");
    }
    Secrets first = Secrets.read(root);
    FileTree.delete(root.resolve("secrets"));

    try (DataDirectory data = DataDirectory.open(root);
        EmbeddedEngines engines = EmbeddedEngines.start(data, postgres())) {
      assertThat(data.secrets().postgresServerPassword())
          .isNotEqualTo(first.postgresServerPassword());
      run(engines, engines.postgresServer(), "SELECT 1");
      run(engines, engines.postgresOwner(), "SELECT * FROM made");
      assertThat(Sql.ask(engines, "SELECT count(*) FROM made")).isEqualTo("0");
    }
  }

  @Test
  void a_cluster_that_knew_the_superuser_alone_keeps_its_rows_and_gets_the_roles()
      throws Exception {
    try (DataDirectory data = DataDirectory.open(root);
        EmbeddedEngines engines = EmbeddedEngines.start(data, postgres())) {
      makeLikeAnEarlierVersion(engines);
    }
    for (String made :
        List.of(
            "secrets/postgres-owner.password",
            "secrets/postgres-server.password",
            "postgres/sunchak.roles")) {
      Files.delete(root.resolve(made));
    }

    for (int start = 1; start <= 2; start++) {
      try (DataDirectory data = DataDirectory.open(root);
          EmbeddedEngines engines = EmbeddedEngines.start(data, postgres())) {
        run(
            engines,
            engines.postgresOwner(),
            "ALTER TABLE kept ADD COLUMN more%d int".formatted(start));
        run(engines, engines.postgresOwner(), "DROP FUNCTION IF EXISTS helped()");
        run(
            engines,
            engines.postgresOwner(),
            "GRANT SELECT ON kept TO " + engines.postgresServer().user());
        run(engines, engines.postgresServer(), "SELECT * FROM kept");
        assertThat(Sql.ask(engines, "SELECT string_agg(id || note, ' ') FROM kept"))
            .isEqualTo("1before");
        assertAllRefused(engines);
      }
    }
  }

  private static void makeLikeAnEarlierVersion(EmbeddedEngines engines) throws SQLException {
    for (String statement :
        List.of(
            "ALTER DATABASE sunchak OWNER TO postgres",
            "GRANT CONNECT, TEMP ON DATABASE sunchak TO PUBLIC",
            "REVOKE ALL ON DATABASE sunchak FROM sunchak, sunchak_owner",
            "DROP ROLE sunchak, sunchak_owner",
            "CREATE TABLE kept (id bigint GENERATED ALWAYS AS IDENTITY, note text)",
            "CREATE FUNCTION helped() RETURNS int LANGUAGE sql AS 'SELECT 1'",
            "INSERT INTO kept (note) VALUES ('before')")) {
      Sql.ask(engines, statement);
    }
  }

  private static void assertAllRefused(EmbeddedEngines engines) {
    for (PostgresLogin login : List.of(engines.postgresServer(), engines.postgresOwner())) {
      for (String statement : SUPERUSERS_ONLY) {
        assertRefused(engines, login, statement);
      }
    }
  }

  private static void assertRefused(
      EmbeddedEngines engines, PostgresLogin login, String statement) {
    assertThatThrownBy(() -> run(engines, login, statement))
        .as(login.user() + ": " + statement)
        .isInstanceOfSatisfying(
            SQLException.class,
            refused -> assertThat(refused.getSQLState()).isEqualTo(INSUFFICIENT_PRIVILEGE));
  }

  private static void run(EmbeddedEngines engines, PostgresLogin login, String sql)
      throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(engines.jdbcUrl(), login.user(), login.password());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static EngineOptions postgres() {
    return EngineOptions.defaults().with(java.util.Set.of(EngineOptions.Role.POSTGRES));
  }
}
