package io.sunchak.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** {@code ./sunchak} that is ended while it builds, with a Maven that never comes to an end. */
class EndedBuildIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Test
  void maven_ends_with_the_command_that_began_it() throws Exception {
    Path folder =
        Files.createTempDirectory(Files.createDirectories(Path.of("target")), "ended-build-")
            .toAbsolutePath();
    Path command = Files.copy(Path.of("../sunchak"), folder.resolve("sunchak"));
    Path pid = folder.resolve("maven.pid");
    endlessMaven(folder.resolve("mvn"), pid);
    Map<String, String> environment =
        Map.of(
            "JAVA_HOME",
            System.getProperty("java.home"),
            "PATH",
            folder + ":" + System.getenv("PATH"));
    try (ChildProcess start =
        ChildProcess.start(
            List.of(command.toString(), "start"), environment, folder.resolve("logs"))) {
      await("Maven runs").atMost(PATIENCE).until(() -> Files.exists(pid));
      ProcessHandle maven =
          ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).orElseThrow();
      try {
        start.terminate();

        assertThat(start.exitCode(PATIENCE)).as(start::toString).isEqualTo(128 + 15);
        assertThat(Optional.of(maven).filter(ProcessHandle::isAlive)).as("Maven").isEmpty();
      } finally {
        maven.destroyForcibly();
      }
    }
  }

  private static void endlessMaven(Path program, Path pid) throws IOException {
    Files.writeString(
        program,
        """
        #!/bin/sh
        echo $$ > '%1$s.new'
        mv '%1$s.new' '%1$s'
        exec sleep 600
        """
            .formatted(pid));
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
  }
}
