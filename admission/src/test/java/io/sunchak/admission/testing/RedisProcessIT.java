package io.sunchak.admission.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.embedded.directory.DataDirectory;
import io.sunchak.embedded.engine.EngineOptions;
import io.sunchak.embedded.engine.EngineOptions.Role;
import io.sunchak.embedded.testing.EnginesExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A further Redis, on machines whose Redis is not this one's. */
@ExtendWith(EnginesExtension.class)
final class RedisProcessIT {
  /** As Debian installs it: under its own name the program checks a file and ends. */
  @Test
  void a_further_redis_is_started_by_the_link_that_the_one_on_path_is(
      @TempDir Path programs, EmbeddedEngines engines) throws Exception {
    Files.copy(engines.redis().program().toRealPath(), programs.resolve("redis-check-rdb"));
    Path link =
        Files.createSymbolicLink(programs.resolve("redis-server"), Path.of("redis-check-rdb"));
    Process jvm = withPath(programs + ":" + System.getenv("PATH"), FurtherRedis.class);

    assertThat(jvm.inputReader().readLine()).startsWith(link + " and redis://");
    assertThat(jvm.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(jvm.exitValue()).isZero();
  }

  private static Process withPath(String path, Class<?> main) throws Exception {
    ProcessBuilder command =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            main.getName());
    command.environment().put("PATH", path);
    return command.redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  /** Starts the Redis on PATH and a further one, and says where both are. */
  static final class FurtherRedis {
    private FurtherRedis() {}

    public static void main(String[] arguments) {
      try (DataDirectory data = DataDirectory.ephemeral(Path.of("target"));
          EmbeddedEngines engines =
              EmbeddedEngines.start(data, EngineOptions.defaults().with(Set.of(Role.REDIS)));
          RedisProcess further = new RedisProcess(engines)) {
        System.out.println(engines.redis().program() + " and " + further.uri());
      }
    }
  }
}
