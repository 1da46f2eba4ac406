package io.sunchak.embedded.process;

import io.sunchak.embedded.engine.EngineException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * Kills engine processes that outlived their supervisor and waits for their end: those in pid
 * files, and those whose working directory is in the data directory. The latter matter most,
 * because a postmaster does not start while a backend of the previous one is alive, and no pid file
 * names a backend.
 */
public final class Reaper {
  private static final Set<String> ENGINES =
      Set.of(
          "postgres",
          "initdb",
          "redis-server",
          "valkey-server",
          // In some distributions the server is a link to its checker, which is the same program.
          "redis-check-rdb",
          "valkey-check-rdb");
  private static final Duration PATIENCE = Duration.ofSeconds(8);

  private Reaper() {}

  /**
   * Kills what an earlier start on a data directory left running.
   *
   * @param run where its pid files are
   */
  public static void reapAll(Path dataDirectory, Path run) throws IOException {
    List<Path> files = new ArrayList<>();
    List<ProcessIdentity> stale = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(run, "*.pid")) {
      for (Path file : found) {
        files.add(file);
        ProcessIdentity.parse(Files.readString(file))
            .filter(ProcessIdentity::alive)
            .ifPresent(stale::add);
      }
    }
    kill(stale);
    reap(dataDirectory, ENGINES);
    for (Path file : files) {
      Files.deleteIfExists(file);
    }
  }

  /**
   * Kills every engine process whose working directory is this one or lies below it.
   *
   * @param program the path by which the engine is started; the system reports the file that it
   *     links to
   */
  public static void reapWorkingIn(Path directory, Path program) throws IOException {
    Set<String> engines = new HashSet<>(ENGINES);
    engines.add(linkedTo(program).getFileName().toString());
    reap(directory, engines);
  }

  private static Path linkedTo(Path program) {
    try {
      return program.toRealPath();
    } catch (IOException uninstalledMeanwhile) {
      return program;
    }
  }

  private static void reap(Path directory, Set<String> engines) throws IOException {
    Path proc = Path.of("/proc");
    if (!Files.isDirectory(proc.resolve("self"))) {
      return;
    }
    Path real = directory.toRealPath();
    List<ProcessIdentity> orphans = new ArrayList<>();
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(proc, "[0-9]*")) {
      for (Path process : processes) {
        if (isEngineIn(process, real, engines)) {
          identity(process).ifPresent(orphans::add);
        }
      }
    }
    kill(orphans);
  }

  private static boolean isEngineIn(Path process, Path directory, Set<String> engines) {
    try {
      String program = Files.readSymbolicLink(process.resolve("exe")).getFileName().toString();
      return engines.contains(program.replace(" (deleted)", ""))
          && Files.readSymbolicLink(process.resolve("cwd")).startsWith(directory);
    } catch (IOException | SecurityException notOurs) {
      return false;
    }
  }

  private static Optional<ProcessIdentity> identity(Path process) {
    return ProcessIdentity.of(Long.parseLong(process.getFileName().toString()));
  }

  private static void kill(List<ProcessIdentity> processes) {
    for (ProcessIdentity process : processes) {
      if (process.alive()) {
        ProcessHandle.of(process.pid()).ifPresent(ProcessHandle::destroyForcibly);
      }
    }
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    for (ProcessIdentity process : processes) {
      while (process.alive()) {
        if (System.nanoTime() - deadline > 0) {
          throw new EngineException(
              "process " + process.pid() + " of an earlier start cannot be killed: end it by hand");
        }
        LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
      }
    }
  }
}
