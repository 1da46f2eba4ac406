package io.sunchak.chaos.cycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.sunchak.chaos.cluster.Cluster;
import io.sunchak.embedded.postgres.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** Bugs for a running system: scripts in front of its own, and triggers in its ledger. */
final class Planted {
  private static final Path SCRIPTS = Path.of("../admission/src/main/resources/lua");
  private static final String JVM = "-Xms256m -Xmx384m";

  private final Path folder;
  private String flags = JVM;

  /** Puts changed scripts into this folder. */
  Planted(Path folder) {
    this.folder = folder;
  }

  /** The same script without what makes it right. */
  Planted script(String name, String right, String wrong) throws IOException {
    Path scripts = Files.createDirectories(folder.resolve("lua"));
    Path changed = scripts.resolve(name + ".lua");
    String text =
        Files.readString(Files.exists(changed) ? changed : SCRIPTS.resolve(name + ".lua"));
    assertThat(text).contains(right);
    Files.writeString(changed, text.replace(right, wrong));
    // The boot loader is asked first, so these scripts hide those of the product's jar.
    flags = JVM + " -Xbootclasspath/a:" + folder.toAbsolutePath();
    return this;
  }

  Cluster.Plan plan() throws IOException {
    return new Cluster.Plan(Path.of("../sunchak").toRealPath(), flags);
  }

  /** Does something to the ledger that its owner would never do. */
  static void inLedger(Cluster cluster, String sql) throws SQLException {
    try (Connection root =
            DriverManager.getConnection(
                cluster.jdbcUrl(), EmbeddedPostgres.USER, cluster.postgresPassword());
        Statement statement = root.createStatement()) {
      statement.execute(sql);
    }
  }
}
