package io.sunchak.embedded.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.sunchak.embedded.ChildStart;
import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.embedded.testing.BesideBinaries;
import io.sunchak.embedded.testing.ChildJvm;
import io.sunchak.embedded.testing.EnginesExtension;
import io.sunchak.embedded.testing.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A machine's own Redis, in the ways in which machines have one. */
@ExtendWith(EnginesExtension.class)
final class RedisOnPathIT {
  private static final String NAME = "redis-of-the-house";

  @TempDir(factory = BesideBinaries.class)
  Path root;

  @TempDir(factory = BesideBinaries.class)
  Path programs;

  @BeforeEach
  void install(EmbeddedEngines engines) throws IOException {
    Files.copy(engines.redis().program().toRealPath(), programs.resolve(NAME));
    Files.createSymbolicLink(programs.resolve("redis-server"), Path.of(NAME));
  }

  /** It is started from within the data directory. */
  @Test
  void one_in_a_relative_folder_is_started() throws Exception {
    Path relative = Path.of("").toAbsolutePath().relativize(programs);
    try (ChildJvm jvm = start(relative)) {
      assertThat(program(jvm.line())).isEqualTo(programs.resolve(NAME));
      assertThat(jvm.end()).isZero();
    }
  }

  /** As after a kill between its start and the writing of its pid file. */
  @Test
  void one_of_any_name_that_outlived_its_jvm_is_reaped_by_the_next_start() throws Exception {
    long survivor;
    try (ChildJvm jvm = start(programs, "survives-parent")) {
      survivor = pid(jvm.line());
      jvm.kill();
    }
    Files.delete(root.resolve("run/redis.pid"));
    assertThat(Processes.alive(survivor)).isTrue();

    try (ChildJvm again = start(programs)) {
      assertThat(again.line()).startsWith("UP");
      assertThat(Processes.alive(survivor)).isFalse();
      assertThat(again.end()).isZero();
    }
    Awaitility.await("end of all").until(() -> Processes.workingIn(root).isEmpty());
  }

  private ChildJvm start(Path folder, String... more) throws IOException {
    List<String> path = List.of("env", "PATH=" + folder + ":" + System.getenv("PATH"));
    String[] words = new String[more.length + 1];
    words[0] = root.toString();
    System.arraycopy(more, 0, words, 1, more.length);
    return ChildJvm.run(path, System.getProperty("java.class.path"), ChildStart.class, words);
  }

  private static long pid(String line) {
    assertThat(line).startsWith("UP");
    return Long.parseLong(line.split(" ", -1)[1]);
  }

  private static Path program(String line) throws IOException {
    return Files.readSymbolicLink(Path.of("/proc", Long.toString(pid(line)), "exe"));
  }
}
