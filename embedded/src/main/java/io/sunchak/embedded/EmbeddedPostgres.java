package io.sunchak.embedded;

import io.sunchak.embedded.EngineOptions.Durability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The bundled PostgreSQL. A commit is on the disk before it is answered. */
final class EmbeddedPostgres implements Engine {
  /**
   * The superuser: creates the roles and serves for repairs; the server never connects as this
   * user.
   */
  static final String USER = "postgres";

  static final String DATABASE = "sunchak";
  private static final String ROLE = "postgres";

  private final DataDirectory data;
  private final PostgresProgram program;
  private final List<String> prefix;
  private final Durability durability;

  private EmbeddedPostgres(
      DataDirectory data, PostgresProgram program, List<String> prefix, Durability durability) {
    this.data = data;
    this.program = program;
    this.prefix = prefix;
    this.durability = durability;
  }

  /** Unpacks the programs, and on the first start creates the cluster and the database. */
  static EmbeddedPostgres prepare(
      DataDirectory data, LaunchPrefix prefix, LaunchThread thread, EngineOptions options)
      throws IOException {
    PostgresProgram program = PostgresProgram.unpack(data.binaries());
    data.engines().claim(ROLE, program.version());
    PostgresCluster cluster = new PostgresCluster(data, program, prefix, thread);
    cluster.ensure();
    return new EmbeddedPostgres(data, program, prefix.forPostgres(), options.durability());
  }

  @Override
  public String role() {
    return ROLE;
  }

  @Override
  public EngineVersion version() {
    return program.version();
  }

  @Override
  public String source() {
    return "bundled";
  }

  @Override
  public Path program() {
    return Path.of(program.postgres());
  }

  @Override
  public void clear() throws IOException {
    clear(data, program());
  }

  /**
   * Without this, PostgreSQL refuses to start while a backend of the dead postmaster is alive, and
   * for ever if the kernel has given the pid in the old lock file to another process.
   */
  static void clear(DataDirectory data, Path program) throws IOException {
    Reaper.reapWorkingIn(data.postgres(), program);
    Files.deleteIfExists(lockFile(data));
  }

  @Override
  public ProcessBuilder command(int port) throws IOException {
    List<String> command = new ArrayList<>(prefix);
    command.addAll(List.of(program.postgres(), "-D", data.postgres().toString()));
    settings(port).forEach(setting -> command.addAll(List.of("-c", setting)));
    return Command.builder(command).directory(data.postgres().toFile());
  }

  /** Only our postmaster writes into our lock file, while any process may answer on the port. */
  @Override
  public boolean loading(int port) {
    return LoopbackProbe.postgresRecovers(port, USER, DATABASE);
  }

  @Override
  public boolean ready(int port) {
    try {
      return Files.readString(lockFile(data)).stripTrailing().endsWith("\nready")
          && LoopbackProbe.postgres(port, USER, DATABASE);
    } catch (IOException notYet) {
      return false;
    }
  }

  /** "Fast" shutdown: sessions are ended, then a checkpoint is written. */
  @Override
  public String stopSignal() {
    return "INT";
  }

  private static Path lockFile(DataDirectory data) {
    return data.postgres().resolve("postmaster.pid");
  }

  // On the command line, where neither postgresql.conf nor ALTER SYSTEM can undo them.
  private List<String> settings(int port) {
    String safe = durability == Durability.FSYNC ? "on" : "off";
    return List.of(
        "listen_addresses=127.0.0.1",
        "port=" + port,
        "unix_socket_directories=",
        "fsync=" + safe,
        "full_page_writes=" + safe,
        "synchronous_commit=" + safe,
        "max_connections=100",
        "shared_buffers=128MB",
        "timezone=UTC");
  }
}
