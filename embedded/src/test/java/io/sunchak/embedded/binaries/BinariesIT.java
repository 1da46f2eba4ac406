package io.sunchak.embedded.binaries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sunchak.embedded.engine.EngineException;
import io.sunchak.embedded.process.Command;
import io.sunchak.embedded.testing.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BinariesIT {
  private static final int PROCESSES = 3;
  private static final int VERSIONS = 10;
  private static final String RESOURCE =
      "/redis-server-7.0.15-" + Platform.current().os() + "-" + Platform.current().arch();

  @TempDir Path parent;
  private Path data = Path.of("");
  private Path engines = Path.of("");

  @BeforeEach
  void name_the_folders() {
    data = parent.resolve("data");
    engines = parent.resolve(".engines");
  }

  /** Unpacks the same versions as its siblings, all at the same word. */
  static final class Unpacker {
    private Unpacker() {}

    public static void main(String[] arguments) throws IOException {
      Binaries binaries = Binaries.beside(Path.of(arguments[0]));
      System.out.println("READY");
      int go = System.in.read();
      for (int version = 0; go >= 0 && version < VERSIONS; version++) {
        Path program = binaries.program("v" + version, RESOURCE, "redis-server");
        Command.Result said =
            Command.run(List.of(program.resolve("redis-server").toString(), "--version"));
        if (!said.output().contains("v=7.0.15")) {
          System.out.println("BROKEN " + said);
          return;
        }
      }
      System.out.println("DONE");
    }
  }

  @Test
  void several_processes_may_unpack_at_once() throws IOException {
    List<ChildJvm> all = new ArrayList<>();
    try {
      for (int i = 0; i < PROCESSES; i++) {
        all.add(ChildJvm.run(Unpacker.class, data.toString()));
      }
      for (ChildJvm jvm : all) {
        assertThat(jvm.line()).isEqualTo("READY");
      }
      for (ChildJvm jvm : all) {
        jvm.say("go");
      }
      for (ChildJvm jvm : all) {
        assertThat(jvm.line()).isEqualTo("DONE");
      }
    } finally {
      all.forEach(ChildJvm::close);
    }
    assertThat(names(engines)).noneMatch(name -> name.startsWith("unpacking-"));
  }

  @Test
  void what_a_killed_unpacking_left_is_cleared_but_not_what_may_still_go_on() throws IOException {
    Path left = Files.createDirectories(engines.resolve("unpacking-left"));
    Files.writeString(left.resolve("part"), "part");
    Files.setLastModifiedTime(left, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
    Path going = Files.createDirectories(engines.resolve("unpacking-going"));

    Binaries.beside(data).program("v", RESOURCE, "redis-server");

    assertThat(left).doesNotExist();
    assertThat(going).isDirectory();
  }

  @Test
  void data_directories_beside_each_other_share_the_programs() throws IOException {
    Path program = Binaries.beside(data).program("v", RESOURCE, "redis-server");
    assertThat(program).isEqualTo(engines.resolve("v"));
    assertThat(Binaries.beside(parent.resolve("other")).program("v", "/none", "redis-server"))
        .isEqualTo(program);
  }

  @Test
  void programs_are_not_run_from_where_others_can_write() throws IOException {
    Files.createDirectories(engines.resolve("v"));
    Files.setPosixFilePermissions(engines, PosixFilePermissions.fromString("rwxrwxrwx"));
    Path inside = data.resolve(".engines");

    assertThat(Binaries.beside(data).program("v", RESOURCE, "redis-server"))
        .isEqualTo(inside.resolve("v"));

    Files.setPosixFilePermissions(inside, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertThatThrownBy(() -> Binaries.beside(data))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining(inside + " cannot be written, or can be written by another user");
  }

  @Test
  void a_missing_program_says_how_to_go_on() {
    assertThatThrownBy(() -> Binaries.beside(data).program("v", "/redis-server-0", "redis-server"))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("--redis-url");
    assertThat(engines.resolve("v")).doesNotExist();
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
