package io.sunchak.server.observe;

import io.sunchak.embedded.EmbeddedEngines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** The processor time that a server, Redis and PostgreSQL have taken, by Linux' {@code /proc}. */
final class ProcessorTime {
  private final long server;
  private final EmbeddedEngines engines;

  /**
   * Of these.
   *
   * @param server the process of nothing but one server
   */
  ProcessorTime(long server, EmbeddedEngines engines) {
    this.server = server;
    this.engines = engines;
  }

  static boolean isKnown() {
    return Files.exists(Path.of("/proc/self/schedstat"));
  }

  /** Of all three together since their start; what ended threads had taken is not in it. */
  Duration taken() throws IOException {
    ProcessHandle postgres = ProcessHandle.of(engines.postgres().pid()).orElseThrow();
    List<Long> processes =
        Stream.of(
                Stream.of(server, engines.redis().pid(), postgres.pid()),
                postgres.descendants().map(ProcessHandle::pid))
            .flatMap(pids -> pids)
            .toList();
    long nanos = 0;
    for (long process : processes) {
      nanos += ofProcess(process);
    }
    return Duration.ofNanos(nanos);
  }

  private static long ofProcess(long process) throws IOException {
    try (Stream<Path> threads = Files.list(Path.of("/proc", "" + process, "task"))) {
      long nanos = 0;
      for (Path thread : threads.toList()) {
        nanos += nanos(thread.resolve("schedstat"));
      }
      return nanos;
    } catch (NoSuchFileException ended) {
      return 0;
    }
  }

  private static long nanos(Path schedstat) throws IOException {
    try {
      return Long.parseLong(Files.readString(schedstat).split(" ", 2)[0]);
    } catch (NoSuchFileException ended) {
      return 0;
    }
  }
}
