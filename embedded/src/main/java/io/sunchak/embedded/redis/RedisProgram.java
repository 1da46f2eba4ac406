package io.sunchak.embedded.redis;

import io.sunchak.embedded.binaries.Binaries;
import io.sunchak.embedded.binaries.Platform;
import io.sunchak.embedded.engine.EngineOptions;
import io.sunchak.embedded.engine.EngineProgram;
import io.sunchak.embedded.engine.EngineVersion;
import io.sunchak.embedded.process.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds a Redis server program that can be run here. The one on PATH is preferred: the bundled
 * build's allocator costs about 1.6 times the CPU a script of a jemalloc build.
 */
final class RedisProgram {
  private static final String BUNDLED = "7.0.15";
  // "Redis server v=7.0.15 sha=…", "Valkey server v=8.0.1 sha=…"
  private static final Pattern FORM =
      Pattern.compile("(Redis|Valkey) server v=(\\d+\\.\\d+[.\\d]*)");

  private RedisProgram() {}

  /**
   * The first program on PATH that is at least 6.2 and can read the existing data; else the bundled
   * one, which is unpacked only then.
   */
  static EngineProgram choose(
      EngineOptions.RedisSource wanted, Binaries binaries, Optional<EngineVersion> wrote)
      throws IOException {
    if (wanted == EngineOptions.RedisSource.PATH_FIRST) {
      for (String name : List.of("redis-server", "valkey-server")) {
        Optional<EngineProgram> found =
            onPath(name).filter(program -> suits(program.version(), wrote));
        if (found.isPresent()) {
          return found.get();
        }
      }
    }
    return bundled(binaries);
  }

  private static boolean suits(EngineVersion version, Optional<EngineVersion> wrote) {
    return version.atLeast(6, 2) && (wrote.isEmpty() || version.reads(wrote.get()));
  }

  static Optional<EngineVersion> parse(String versionLine) {
    Matcher matcher = FORM.matcher(versionLine);
    if (!matcher.find()) {
      return Optional.empty();
    }
    String name = matcher.group(1).toLowerCase(Locale.ROOT);
    return Optional.of(EngineVersion.parse(name + " " + matcher.group(2)));
  }

  private static EngineProgram bundled(Binaries binaries) throws IOException {
    Platform platform = Platform.current();
    String resource = "/redis-server-" + BUNDLED + "-" + platform.os() + "-" + platform.arch();
    Path folder = binaries.program("redis-" + BUNDLED, resource, "redis-server");
    return EngineProgram.bundled(
        folder.resolve("redis-server"), EngineVersion.parse("redis " + BUNDLED));
  }

  private static Optional<EngineProgram> onPath(String name) {
    for (String folder : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
      // Absolute, because it is started from the data directory.
      Path program = Path.of(folder, name).toAbsolutePath();
      if (!folder.isEmpty() && Files.isExecutable(program)) {
        Command.Result answer = Command.run(List.of(program.toString(), "--version"));
        return parse(answer.output())
            .map(version -> new EngineProgram(program, version, program.toString()));
      }
    }
    return Optional.empty();
  }
}
