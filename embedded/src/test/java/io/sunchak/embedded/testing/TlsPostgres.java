package io.sunchak.embedded.testing;

import static org.awaitility.Awaitility.await;

import io.sunchak.embedded.EmbeddedEngines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Duration;

/**
 * The bundled PostgreSQL with TLS, and no connection without it, until this is closed. Concerns all
 * who use that engine.
 */
public final class TlsPostgres implements AutoCloseable {
  private final EmbeddedEngines engines;
  private final Path rules;
  private final String before;

  private TlsPostgres(EmbeddedEngines engines, Path rules) throws IOException {
    this.engines = engines;
    this.rules = rules;
    this.before = Files.readString(rules);
  }

  /** Switches it on. */
  public static TlsPostgres only(EmbeddedEngines engines, Certificates certificates)
      throws SQLException, IOException {
    Path folder = Path.of(Sql.ask(engines, "SHOW data_directory"));
    TlsPostgres made = new TlsPostgres(engines, folder.resolve("pg_hba.conf"));
    put(certificates.certificate(), folder, "server.crt");
    put(certificates.key(), folder, "server.key");
    made.become("on", "hostssl all all 127.0.0.1/32 scram-sha-256\n");
    return made;
  }

  /** By whom PostgreSQL runs, who alone may read its key. */
  private static void put(Path file, Path folder, String name) throws IOException {
    Path copy = folder.resolve(name);
    Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
    Files.setAttribute(copy, "unix:uid", Files.getAttribute(folder, "unix:uid"));
  }

  private void become(String ssl, String connections) throws SQLException, IOException {
    Sql.ask(engines, "ALTER SYSTEM SET ssl = " + ssl);
    Files.writeString(rules, connections);
    Sql.ask(engines, "SELECT pg_reload_conf()");
    await("ssl is " + ssl)
        .atMost(Duration.ofSeconds(30))
        .until(() -> Sql.ask(engines, "SHOW ssl").equals(ssl));
  }

  @Override
  public void close() throws SQLException, IOException {
    become("off", before);
  }
}
