package io.sunchak.bench.subject;

import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.embedded.directory.DataDirectory;
import java.nio.file.Path;

/**
 * A fresh Redis and PostgreSQL with the product's durability, forgotten at the end. The bench owns
 * them, so that it can kill a server and leave them alone, and read the ledger without the server.
 */
public final class Engines implements AutoCloseable {
  private final DataDirectory data;
  private final EmbeddedEngines engines;

  private Engines(DataDirectory data, EmbeddedEngines engines) {
    this.data = data;
    this.engines = engines;
  }

  /** Starts them below {@code parent}. */
  public static Engines start(Path parent) {
    DataDirectory data = DataDirectory.ephemeral(parent);
    try {
      return new Engines(data, EmbeddedEngines.start(data));
    } catch (RuntimeException e) {
      data.close();
      throw e;
    }
  }

  /** As the user who may do everything. */
  public String redisUri() {
    return engines.redisUri();
  }

  String redisServerUri() {
    return engines.redisServerUri();
  }

  public String jdbcUrl() {
    return engines.jdbcUrl();
  }

  public String postgresUser() {
    return engines.postgresUser();
  }

  public String postgresPassword() {
    return engines.postgresPassword();
  }

  /** For the record: versions and where they come from. */
  public String describe() {
    return engines.describe();
  }

  @Override
  public void close() {
    try (data) {
      engines.close();
    }
  }
}
