package io.sunchak.embedded.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sunchak.embedded.engine.EngineException;
import io.sunchak.embedded.files.FileTree;
import io.sunchak.embedded.files.OwnerOnly;
import io.sunchak.embedded.process.LaunchPrefix;
import io.sunchak.embedded.process.ProcessIdentity;
import io.sunchak.embedded.testing.BesideBinaries;
import io.sunchak.embedded.testing.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DataDirectoryIT {
  @TempDir(factory = BesideBinaries.class)
  Path root;

  /** Holds a data directory until its input ends. */
  static final class Holder {
    private Holder() {}

    public static void main(String[] arguments) throws IOException {
      try (DataDirectory held = DataDirectory.open(Path.of(arguments[0]))) {
        System.out.println("HOLDS " + held.root());
        System.in.readAllBytes();
      }
    }
  }

  @Test
  void a_second_start_is_told_who_holds_it_and_may_go_on_when_that_one_was_killed()
      throws IOException {
    try (ChildJvm holder = ChildJvm.run(Holder.class, root.toString())) {
      assertThat(holder.line()).startsWith("HOLDS");

      assertThatThrownBy(() -> DataDirectory.open(root))
          .isInstanceOf(EngineException.class)
          .hasMessageContaining("in use by process " + holder.pid())
          .hasMessageContaining(root.toString())
          .hasMessageContaining("--data-dir");

      holder.kill();
      DataDirectory.open(root).close();
    }
  }

  @Test
  void the_same_process_cannot_open_it_twice_but_again() {
    try (DataDirectory held = DataDirectory.open(root)) {
      Path otherName = held.root().resolve("..").resolve(root.getFileName());
      assertThatThrownBy(() -> DataDirectory.open(otherName))
          .hasMessageContaining("in use by process " + ProcessHandle.current().pid());
      // The refused one must not have dropped the lock: the kernel's belongs to the process.
      assertThatThrownBy(() -> DataDirectory.open(root)).hasMessageContaining("in use by");
    }
    DataDirectory.open(root).close();
  }

  @Test
  void an_open_that_fails_half_way_does_not_keep_the_lock() throws IOException {
    Path inTheWay = root.resolve("holder");
    Files.createDirectories(inTheWay.resolve("full"));
    assertThatThrownBy(() -> DataDirectory.open(root))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("cannot use data directory " + root);

    FileTree.delete(inTheWay);
    DataDirectory.open(root).close();
  }

  @Test
  void only_its_owner_can_read_it() throws IOException {
    Path made = root.resolve("made");
    try (DataDirectory data = DataDirectory.open(made);
        Stream<Path> files = Files.walk(data.root().resolve("secrets"))) {
      assertThat(List.of(made, data.run(), data.redis()))
          .allSatisfy(directory -> assertThat(mode(directory)).isEqualTo("rwx------"));
      assertThat(files)
          .hasSize(8)
          .allSatisfy(file ->
              assertThat(mode(file))
                  .isEqualTo(Files.isDirectory(file) ? "rwx------" : "rw-------"));
    }
  }

  @Test
  void secrets_are_long_all_different_kept_and_never_shown() {
    Secrets first;
    try (DataDirectory data = DataDirectory.open(root)) {
      first = data.secrets();
    }
    assertThat(
            List.of(
                first.redisPassword(),
                first.redisServerPassword(),
                first.postgresPassword(),
                first.postgresOwnerPassword(),
                first.postgresServerPassword(),
                first.tokenSecret(),
                first.codeSecret()))
        .doesNotHaveDuplicates()
        .allMatch(secret -> secret.matches("[0-9a-f]{64}"));
    try (DataDirectory again = DataDirectory.open(root)) {
      assertThat(again.secrets()).isEqualTo(first).isEqualTo(Secrets.read(root));
    }
    assertThat(first.toString())
        .doesNotContain(first.redisPassword(), first.tokenSecret(), first.codeSecret());
  }

  @ParameterizedTest
  @CsvSource({
    "secrets/token.secret, rw-r-----, can be read by other users: chmod go=",
    "secrets/postgres-server.password, rw----r--, can be read by other users",
    "secrets/redis.password, rw--w----, can be written by other users",
    "secrets, rwxr-x---, can be read by other users",
    "secrets, rwx-wx---, can be written by other users",
    "., rwxrwxr-x, can be written by other users: chmod go-w"
  })
  void what_others_may_have_read_or_written_is_refused(String path, String mode, String cause)
      throws IOException {
    DataDirectory.open(root).close();
    Path opened = root.resolve(path).normalize();
    Files.setPosixFilePermissions(opened, PosixFilePermissions.fromString(mode));

    assertThatThrownBy(() -> DataDirectory.open(root))
        .isInstanceOf(EngineException.class)
        .hasMessageStartingWith(opened + " " + cause);
    assertThatThrownBy(() -> Secrets.read(root)).hasMessageStartingWith(opened + " " + cause);
  }

  @ParameterizedTest
  @ValueSource(strings = {".", "secrets", "secrets/token.secret"})
  void what_belongs_to_somebody_else_is_refused(String path) throws IOException {
    assumeTrue(LaunchPrefix.isRoot(), "needs root, to give a file away");
    DataDirectory.open(root).close();
    Path given = root.resolve(path).normalize();
    Files.setAttribute(given, "unix:uid", LaunchPrefix.NOBODY);

    assertThatThrownBy(() -> DataDirectory.open(root))
        .isInstanceOf(EngineException.class)
        .hasMessageStartingWith(given + " belongs to nobody and this is root: start as nobody");
  }

  @Test
  void a_directory_without_secrets_says_what_to_do() {
    assertThatThrownBy(() -> Secrets.read(root)).hasMessageContaining("start the server on it");
  }

  @Test
  void an_ephemeral_one_vanishes() {
    Path gone;
    try (DataDirectory data = DataDirectory.ephemeral(root)) {
      gone = data.root();
      assertThat(gone.resolve("secrets")).isDirectory();
    }
    assertThat(gone).doesNotExist();
  }

  @Test
  void a_pid_file_that_names_a_strangers_process_kills_nobody() throws IOException {
    Process stranger = new ProcessBuilder("sleep", "60").start();
    try {
      Path run = OwnerOnly.directory(root.resolve("run"));
      OwnerOnly.write(run.resolve("redis.pid"), stranger.pid() + " 1");
      OwnerOnly.write(run.resolve("postgres.pid"), "not a pid");

      DataDirectory.open(root).close();

      assertThat(stranger.isAlive()).isTrue();
      assertThat(run).isEmptyDirectory();
    } finally {
      stranger.destroyForcibly();
    }
  }

  @Test
  void a_process_that_a_pid_file_rightly_names_is_gone_before_it_opens() throws IOException {
    Process stale = new ProcessBuilder("sleep", "60").start();
    try {
      Path run = OwnerOnly.directory(root.resolve("run"));
      ProcessIdentity identity = ProcessIdentity.of(stale.pid()).orElseThrow();
      OwnerOnly.write(run.resolve("redis.pid"), identity.toString());

      DataDirectory.open(root).close();

      assertThat(identity.alive()).isFalse();
    } finally {
      stale.destroyForcibly();
      Awaitility.await().until(() -> !stale.isAlive());
    }
  }

  private static String mode(Path path) {
    try {
      return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    } catch (IOException e) {
      return String.valueOf(e);
    }
  }
}
