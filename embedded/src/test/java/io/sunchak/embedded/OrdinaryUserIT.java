package io.sunchak.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sunchak.embedded.directory.DataDirectory;
import io.sunchak.embedded.engine.EngineOptions;
import io.sunchak.embedded.process.LaunchPrefix;
import io.sunchak.embedded.process.LaunchPrefix.Privileges;
import io.sunchak.embedded.testing.ChildJvm;
import io.sunchak.embedded.testing.Processes;
import io.sunchak.embedded.testing.Resp;
import io.sunchak.embedded.testing.Sql;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever starts the engines, neither of them needs root, and PostgreSQL never has it. */
final class OrdinaryUserIT {
  private static final int NOBODY = LaunchPrefix.NOBODY;

  /** As containers are run by those who trust no image. */
  private static final int WITHOUT_A_NAME = 1_000_680_000;

  /** Below {@code /tmp}: a stranger may not be able to pass through to {@code target/}. */
  @TempDir Path shared;

  @BeforeEach
  void only_root_can_become_somebody_else() throws IOException {
    assumeTrue(LaunchPrefix.isRoot(), "needs root, to become an ordinary user");
    Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** All it owns is the data directory: the folder around it belongs to root, as /var/lib does. */
  @ParameterizedTest
  @ValueSource(ints = {NOBODY, WITHOUT_A_NAME})
  void an_ordinary_user_runs_both_engines_on_a_directory_it_owns(int user) throws Exception {
    Path root = Files.createDirectory(shared.resolve("data"));
    Files.setAttribute(root, "unix:uid", user);
    List<String> asUser =
        List.of("setpriv", "--reuid=" + user, "--regid=" + user, "--clear-groups");
    try (ChildJvm jvm =
        ChildJvm.run(asUser, readableClassPath(), ChildStart.class, root.toString())) {
      String[] started = jvm.line().split(" ", -1);
      assertThat(started).startsWith("UP");
      assertThat(owner(Long.parseLong(started[1]))).isEqualTo(user);
      assertThat(owner(Long.parseLong(started[2]))).isEqualTo(user);
      assertThat(Resp.ask(started[3], "SET", "{c:user}:k", "v")).isEqualTo("OK");
      assertThat(jvm.end()).isZero();
    }
    assertThat(Processes.workingIn(root)).isEmpty();
  }

  /** Machines without user namespaces: the cluster is given to nobody, and taken back later. */
  @Test
  void root_can_give_the_cluster_to_nobody_and_take_it_back() throws Exception {
    Path root = shared.resolve("data");
    LaunchPrefix found = LaunchPrefix.probe();
    LaunchPrefix given = new LaunchPrefix(Privileges.NOBODY, true, true);
    for (LaunchPrefix prefix : List.of(given, found, given)) {
      try (DataDirectory data = DataDirectory.open(root);
          EmbeddedEngines engines = EmbeddedEngines.start(data, EngineOptions.defaults(), prefix)) {
        Sql.ask(engines, "CREATE TABLE IF NOT EXISTS given (v int)");
        Sql.ask(engines, "INSERT INTO given VALUES (1)");
        if (prefix.privileges() == Privileges.NOBODY) {
          assertThat(owner(engines.postgres().pid())).isEqualTo(NOBODY);
          assertThat(Files.getAttribute(data.postgres(), "unix:uid")).isEqualTo(NOBODY);
        }
      }
    }
    try (DataDirectory data = DataDirectory.open(root);
        EmbeddedEngines engines = EmbeddedEngines.start(data)) {
      assertThat(Sql.ask(engines, "SELECT count(*) FROM given")).isEqualTo("3");
    }
  }

  private static int owner(long pid) throws IOException {
    return (Integer) Files.getAttribute(Path.of("/proc", Long.toString(pid)), "unix:uid");
  }

  /** The local repository and the build usually lie where only their owner can read. */
  private String readableClassPath() throws IOException {
    Path copy = Files.createDirectory(shared.resolve("class-path"));
    List<String> copied = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path", "").split(File.pathSeparator, -1)) {
      Path target = copy.resolve(Integer.toString(copied.size()));
      copyTree(Path.of(entry), target);
      copied.add(target.toString());
    }
    return String.join(File.pathSeparator, copied);
  }

  private static void copyTree(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path path : (Iterable<Path>) all::iterator) {
        Files.copy(path, to.resolve(from.relativize(path).toString()));
      }
    }
  }
}
