package io.sunchak.server.endtoend;

import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.embedded.testing.Sql;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/** What docs/operations.md asks for where a pooler stands before PostgreSQL. */
final class PooledRole {
  private PooledRole() {}

  /** Gives the server's role its settings, by the statements of the documentation. */
  static void prepare(EmbeddedEngines engines) throws SQLException, IOException {
    List<String> statements =
        Files.readAllLines(Path.of("..", "docs", "operations.md")).stream()
            .filter(line -> line.startsWith("ALTER ROLE sunchak SET "))
            .toList();
    if (statements.size() != 5) {
      throw new IllegalStateException("the documentation has " + statements);
    }
    for (String statement : statements) {
      Sql.ask(engines, statement);
    }
  }
}
