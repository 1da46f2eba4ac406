package io.sunchak.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The two roles the server uses, neither of them a superuser: one owns the database and changes its
 * tables, one only works with them. They are made by PostgreSQL in single-user mode, before anybody
 * can connect: in a new cluster, in one that an earlier version made with the superuser alone, and
 * again whenever what they should be, a password too, has changed.
 */
final class PostgresRoles {
  static final String OWNER = "sunchak_owner";
  static final String SERVER = "sunchak";

  private static final String MARK = "sunchak.roles";

  private final Secrets secrets;

  PostgresRoles(Secrets secrets) {
    this.secrets = secrets;
  }

  /** Whether this cluster has them as they should be. */
  boolean standIn(Path cluster) throws IOException {
    Path mark = cluster.resolve(MARK);
    return Files.exists(mark) && Files.readString(mark).equals(fingerprint());
  }

  void noteIn(Path cluster) throws IOException {
    OwnerOnly.keep(cluster.resolve(MARK), fingerprint());
  }

  /** Makes them; the same again changes nothing. An empty line ends each statement. */
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

  /** Gives the owner what the superuser made in this database before there was one. */
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

  /** Says nothing about the passwords: they are random and as long as the hash. */
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
