package io.sunchak.ledger.schema;

import io.sunchak.core.ledger.LedgerException;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** Brings the tables to this version's form. */
public final class Migrations {
  private Migrations() {}

  /**
   * Runs what has not run. Several nodes may do this at once.
   *
   * @throws LedgerException if a migration fails, or a newer node has migrated before
   */
  public static void run(DataSource owner) {
    try {
      Flyway.configure()
          .dataSource(owner)
          .locations("classpath:db/migration")
          // Otherwise its lock would be held in an idle transaction, which PostgreSQL would end.
          .configuration(Map.of("flyway.postgresql.transactional.lock", "false"))
          .load()
          .migrate();
    } catch (FlywayException e) {
      throw new LedgerException("cannot migrate the ledger: " + e.getMessage(), e);
    }
  }
}
