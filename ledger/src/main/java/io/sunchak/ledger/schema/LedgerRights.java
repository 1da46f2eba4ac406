package io.sunchak.ledger.schema;

import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Grants the server's role its rights on tables that another role owns: to read and write them,
 * except changes of rows that must never change, and to call the function that erases a user. Only
 * missing rights are granted, by one node at a time, because concurrent grants of the same right
 * conflict.
 */
public final class LedgerRights {
  private static final String MISSING =
      """
      SELECT format('GRANT %s ON %s TO %I', privilege, c.oid::regclass, :server)
      FROM pg_class c, unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE']) privilege
      WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p')
        AND pg_get_userbyid(c.relowner) = current_user
        AND (privilege = 'SELECT' OR c.relname NOT IN ('ledger_identity', 'flyway_schema_history'))
        AND (privilege <> 'DELETE' OR c.relname NOT IN ('campaign', 'coupon', 'coupon_act', 'audit'))
        AND (privilege <> 'UPDATE' OR c.relname NOT IN ('coupon', 'coupon_act', 'audit'))
        AND NOT has_table_privilege(:server, c.oid, privilege)
      UNION ALL
      SELECT format('GRANT EXECUTE ON FUNCTION %s TO %I', p.oid::regprocedure, :server) FROM pg_proc p
      WHERE p.pronamespace = current_schema()::regnamespace AND p.proname = 'erase_user'
        AND pg_get_userbyid(p.proowner) = current_user
        AND NOT has_function_privilege(:server, p.oid, 'EXECUTE')
      """;

  private LedgerRights() {}

  /**
   * Grants the rights that {@code server} lacks; {@code owner} connects as the owner of the tables.
   */
  public static void grant(DataSource owner, String server) {
    JdbcClient jdbc = JdbcClient.create(owner);
    new TransactionTemplate(new DataSourceTransactionManager(owner))
        .executeWithoutResult(status -> {
          jdbc.sql("SELECT pg_advisory_xact_lock(hashtextextended('sunchak rights', 1))::text")
              .query(String.class)
              .single();
          List<String> missing =
              jdbc.sql(MISSING)
                  .param("server", server)
                  .query((row, number) -> String.valueOf(row.getString(1)))
                  .list();
          missing.forEach(grant -> jdbc.sql(grant).update());
        });
  }
}
