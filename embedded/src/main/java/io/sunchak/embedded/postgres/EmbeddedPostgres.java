package io.sunchak.embedded.postgres;

import io.sunchak.embedded.directory.DataDirectory;
import io.sunchak.embedded.engine.Engine;
import io.sunchak.embedded.engine.EngineOptions;
import io.sunchak.embedded.engine.EngineOptions.Durability;
import io.sunchak.embedded.engine.EngineProgram;
import io.sunchak.embedded.loopback.LoopbackProbe;
import io.sunchak.embedded.process.Command;
import io.sunchak.embedded.process.LaunchPrefix;
import io.sunchak.embedded.process.LaunchThread;
import io.sunchak.embedded.process.Reaper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The bundled PostgreSQL. A commit is on the disk before it is answered. */
public record EmbeddedPostgres(
    DataDirectory data, EngineProgram program, List<String> prefix, Durability durability)
    implements Engine {
  /**
   * The superuser: creates the roles and serves for repairs; the server never connects as this
   * user.
   */
  public static final String USER = "postgres";

  public static final String DATABASE = "sunchak";
  private static final String ROLE = "postgres";

  /** Unpacks the programs, and on the first start creates the cluster and the database. */
  public static EmbeddedPostgres prepare(
      DataDirectory data, LaunchPrefix prefix, LaunchThread thread, EngineOptions options)
      throws IOException {
    PostgresProgram program = PostgresProgram.unpack(data.binaries());
    data.engines().claim(ROLE, program.version());
    PostgresCluster cluster = new PostgresCluster(data, program, prefix, thread);
    cluster.ensure();
    EngineProgram bundled = EngineProgram.bundled(program.postgres(), program.version());
    return new EmbeddedPostgres(data, bundled, prefix.forPostgres(), options.durability());
  }

  @Override
  public String role() {
    return ROLE;
  }

  @Override
  public void clear() throws IOException {
    clear(data, program.path());
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
    command.addAll(List.of(program.path().toString(), "-D", data.postgres().toString()));
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
