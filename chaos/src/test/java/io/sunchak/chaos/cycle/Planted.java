package io.sunchak.chaos.cycle;

import io.sunchak.chaos.cluster.Cluster;
import io.sunchak.chaos.testing.ChangedScripts;
import io.sunchak.embedded.postgres.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** Bugs for a running system: scripts in front of its own, and triggers in its ledger. */
final class Planted {
  private static final String JVM = "-Xms256m -Xmx384m";

  private final ChangedScripts scripts;
  private String flags = JVM;

  /** Puts changed scripts into this folder. */
  Planted(Path folder) {
    this.scripts = new ChangedScripts(folder);
  }

  /** The same script without what makes it right. */
  Planted script(String name, String right, String wrong) throws IOException {
    flags = JVM + " " + scripts.replace(name, right, wrong).flag();
    return this;
  }

  Cluster.Plan plan() throws IOException {
    return new Cluster.Plan(Path.of("../sunchak").toRealPath(), flags);
  }

  /** Does something to the ledger that its owner would never do. */
  static void inLedger(Cluster cluster, String sql) throws SQLException {
    try (Connection root =
            DriverManager.getConnection(
                cluster.engines().jdbcUrl(),
                EmbeddedPostgres.USER,
                cluster.engines().postgresPassword());
        Statement statement = root.createStatement()) {
      statement.execute(sql);
    }
  }
}
