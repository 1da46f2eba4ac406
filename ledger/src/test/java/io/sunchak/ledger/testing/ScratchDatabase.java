package io.sunchak.ledger.testing;

import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.ledger.connection.LedgerDatabase;
import io.sunchak.ledger.connection.LedgerLogin;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.UUID;

/**
 * An empty database on the shared server for a test that breaks things, owned by a role of its own
 * that is no superuser; gone on close.
 */
public final class ScratchDatabase implements AutoCloseable {
  public static final String PASSWORD = "scratch";

  private final Operator server;
  private final String name = "scratch_" + UUID.randomUUID().toString().replace("-", "");

  private ScratchDatabase(Operator server) {
    this.server = server;
  }

  public static ScratchDatabase create(EmbeddedEngines engines) throws SQLException {
    ScratchDatabase scratch = new ScratchDatabase(Operator.of(engines));
    scratch.server.run("CREATE ROLE %s LOGIN PASSWORD '%s'".formatted(scratch.name, PASSWORD));
    scratch.server.run("CREATE DATABASE %1$s OWNER %1$s".formatted(scratch.name));
    return scratch;
  }

  /** Of the database and of its owner. */
  public String name() {
    return name;
  }

  public String jdbcUrl() {
    return operator().jdbcUrl();
  }

  /** A superuser in this database. */
  public Operator operator() {
    return server.in(name);
  }

  public LedgerDatabase open() {
    return open("");
  }

  /** With these settings for its sessions, as {@code -c name=value …}, instead of the ledger's. */
  public LedgerDatabase open(String options) {
    String url =
        options.isEmpty()
            ? jdbcUrl()
            : jdbcUrl() + "?options=" + URLEncoder.encode(options, StandardCharsets.UTF_8);
    LedgerLogin owner = new LedgerLogin(name, PASSWORD);
    return LedgerDatabase.open(url, owner, owner);
  }

  @Override
  public void close() throws SQLException {
    server.run("DROP DATABASE " + name + " WITH (FORCE)");
    server.run("DROP ROLE " + name);
  }
}
