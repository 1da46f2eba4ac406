package io.sunchak.embedded.postgres;

import io.sunchak.embedded.directory.DataDirectory;
import io.sunchak.embedded.engine.EngineException;
import io.sunchak.embedded.files.FileTree;
import io.sunchak.embedded.files.OwnerOnly;
import io.sunchak.embedded.process.Command;
import io.sunchak.embedded.process.LaunchPrefix;
import io.sunchak.embedded.process.LaunchPrefix.Privileges;
import io.sunchak.embedded.process.LaunchThread;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Creates PostgreSQL's data directory. It is created under another name and renamed when complete,
 * so that an interrupted start leaves nothing that looks like a cluster.
 */
final class PostgresCluster {
  private final DataDirectory data;
  private final PostgresProgram program;
  private final LaunchPrefix prefix;
  private final LaunchThread thread;
  private final PostgresRoles roles;

  PostgresCluster(
      DataDirectory data, PostgresProgram program, LaunchPrefix prefix, LaunchThread thread) {
    this.data = data;
    this.program = program;
    this.prefix = prefix;
    this.thread = thread;
    this.roles = new PostgresRoles(data.secrets());
  }

  void ensure() throws IOException {
    if (prefix.privileges() == Privileges.NOBODY) {
      // The user nobody must not be able to enter before the files are given to it.
      Files.setPosixFilePermissions(data.root(), PosixFilePermissions.fromString("rwx--x--x"));
    }
    if (!Files.exists(data.postgres().resolve("PG_VERSION"))) {
      make();
    }
    own(data.postgres());
    if (!roles.standIn(data.postgres())) {
      EmbeddedPostgres.clear(data, program.postgres());
      String database = EmbeddedPostgres.DATABASE;
      alone(data.postgres(), database, List.of(), roles.sql() + PostgresRoles.takeOverSql());
      roles.noteIn(data.postgres());
    }
  }

  private void make() throws IOException {
    Path made = data.root().resolve("postgres.new");
    FileTree.delete(made);
    OwnerOnly.directory(made);
    Path password = made.resolveSibling("postgres.password");
    OwnerOnly.write(password, data.secrets().postgresPassword());
    own(made);
    own(password);
    try {
      run(
          made,
          List.of(
              program.initdb(),
              "-D",
              made.toString(),
              "--username=" + EmbeddedPostgres.USER,
              "--auth=scram-sha-256",
              "--pwfile=" + password,
              "--encoding=UTF8",
              "--locale=C",
              "--no-sync"),
          "");
      String create = "CREATE DATABASE " + EmbeddedPostgres.DATABASE + ";\n\n";
      alone(made, "postgres", List.of("-F"), create + roles.sql());
      roles.noteIn(made);
    } finally {
      Files.deleteIfExists(password);
    }
    // Neither program has synced its files: they are synced here once, in parallel.
    FileTree.forceAll(made);
    Files.move(made, data.postgres(), StandardCopyOption.ATOMIC_MOVE);
    FileTree.force(data.root());
  }

  /** Runs statements, each ended by an empty line, as the superuser while nobody can connect. */
  private void alone(Path cluster, String database, List<String> how, String sql)
      throws IOException {
    List<String> command =
        new ArrayList<>(List.of(program.postgres().toString(), "--single", "-j"));
    command.addAll(how);
    command.addAll(List.of("-c", "exit_on_error=on", "-D", cluster.toString(), database));
    run(cluster, command, sql);
  }

  private void run(Path directory, List<String> command, String input) throws IOException {
    List<String> whole = new ArrayList<>(prefix.forPostgres());
    whole.addAll(command);
    Path output = data.run().resolve("initdb.log");
    Path in = data.run().resolve("initdb.in");
    OwnerOnly.write(in, input);
    ProcessBuilder builder =
        Command.builder(whole)
            .directory(directory.toFile())
            .redirectInput(in.toFile())
            .redirectOutput(output.toFile());
    Command.Result result;
    try {
      result = Command.await(thread.start(builder), output);
    } finally {
      Files.delete(in);
    }
    if (!result.ok()) {
      throw new EngineException("cannot make the PostgreSQL cluster: " + result.output().strip());
    }
  }

  /**
   * Gives the files to the user that PostgreSQL will run as; an earlier start may have used another
   * user.
   */
  private void own(Path tree) throws IOException {
    if (!LaunchPrefix.isRoot()) {
      return;
    }
    Integer wanted = prefix.privileges() == Privileges.NOBODY ? LaunchPrefix.NOBODY : 0;
    if (wanted.equals(Files.getAttribute(tree, "unix:uid"))) {
      return;
    }
    // The top directory comes last: by its owner the next start sees whether everything was given.
    try (Stream<Path> all = Files.walk(tree).sorted(Comparator.reverseOrder())) {
      for (Path path : (Iterable<Path>) all::iterator) {
        Files.setAttribute(path, "unix:uid", wanted);
        Files.setAttribute(path, "unix:gid", wanted);
      }
    }
  }
}
