package io.sunchak.embedded.postgres;

import io.sunchak.embedded.directory.Secrets;
import io.sunchak.embedded.files.OwnerOnly;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Creates the two roles that the server uses, neither of them a superuser: one owns the database
 * and changes its tables, the other only works with the tables. They are created in PostgreSQL's
 * single-user mode, before anybody can connect: in a new cluster, in a cluster that an earlier
 * version made with the superuser only, and again whenever their definition or a password has
 * changed.
 */
public final class PostgresRoles {
  public static final String OWNER = "sunchak_owner";
  public static final String SERVER = "sunchak";

  private static final String MARK = "sunchak.roles";

  private final Secrets secrets;

  PostgresRoles(Secrets secrets) {
    this.secrets = secrets;
  }

  /** Whether this cluster has the roles in their current definition. */
  boolean standIn(Path cluster) throws IOException {
    Path mark = cluster.resolve(MARK);
    return Files.exists(mark) && Files.readString(mark).equals(fingerprint());
  }

  void noteIn(Path cluster) throws IOException {
    OwnerOnly.keep(cluster.resolve(MARK), fingerprint());
  }

  /**
   * The statements that create the roles. Running them again changes nothing. An empty line ends
   * each statement.
   */
  String sql() {
    return role(OWNER, secrets.postgresOwnerPassword())
        + role(SERVER, secrets.postgresServerPassword())
        + """
        ALTER ROLE %4$s PASSWORD '%5$s';

        ALTER DATABASE %1$s OWNER TO %2$s;

        REVOKE ALL ON DATABASE %1$s FROM PUBLIC;

        GRANT CONNECT ON DATABASE %1$s TO %3$s;

        """
            .formatted(
                EmbeddedPostgres.DATABASE,
                OWNER,
                SERVER,
                EmbeddedPostgres.USER,
                quoted(secrets.postgresPassword()));
  }

  /**
   * Gives the owner all objects that the superuser created in this database before the role
   * existed.
   */
  static String takeOverSql() {
    return """
    DO $$ DECLARE statement text; BEGIN
      FOR statement IN
        SELECT format('ALTER TABLE %%s OWNER TO %1$s', c.oid::regclass) FROM pg_class c
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
        UNION ALL
        SELECT format('ALTER ROUTINE %%s OWNER TO %1$s', p.oid::regprocedure) FROM pg_proc p
        WHERE p.pronamespace = 'public'::regnamespace
      LOOP
        EXECUTE statement;
      END LOOP;
    END $$;

    """
        .formatted(OWNER);
  }

  private static String role(String name, String password) {
    return """
    DO $$ BEGIN
      IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '%1$s') THEN CREATE ROLE %1$s; END IF;
    END $$;

    ALTER ROLE %1$s LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS PASSWORD '%2$s';

    """
        .formatted(name, quoted(password));
  }

  private static String quoted(String text) {
    return text.replace("'", "''");
  }

  /**
   * A hash of the definition. It does not reveal the passwords, which are random and as long as the
   * hash.
   */
  private String fingerprint() {
    try {
      MessageDigest hash = MessageDigest.getInstance("SHA-256");
      hash.update(sql().getBytes(StandardCharsets.UTF_8));
      hash.update(takeOverSql().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is part of every JDK", e);
    }
  }
}
