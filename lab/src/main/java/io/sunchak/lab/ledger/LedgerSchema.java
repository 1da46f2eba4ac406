package io.sunchak.lab.ledger;

import io.sunchak.core.ledger.LedgerException;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** The lab's tables, in a PostgreSQL schema of their own beside the product's. */
public final class LedgerSchema {
  static final String NAME = "lab";

  private LedgerSchema() {}

  /**
   * Brings it up to date. Blocks.
   *
   * @throws LedgerException when PostgreSQL cannot be reached or migrated
   */
  public static void migrate(String jdbcUrl, String user, String password) {
    try {
      Flyway.configure()
          .dataSource(jdbcUrl, user, password)
          .schemas(NAME)
          .locations("classpath:db/lab")
          .load()
          .migrate();
    } catch (FlywayException e) {
      throw new LedgerException("cannot migrate the lab's ledger: " + e.getMessage(), e);
    }
  }
}
