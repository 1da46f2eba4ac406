package io.sunchak.embedded.process;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a small program to its end: a probe, a version question, initdb. */
public final class Command {
  private static final long SECONDS = 60;

  private Command() {}

  /**
   * Its exit code and what it printed.
   *
   * @param exit −1 when it could not be started or did not end in time
   */
  public record Result(int exit, String output) {
    public boolean ok() {
      return exit == 0;
    }
  }

  /** Runs it to its end, at most a minute; errors are joined to the output. */
  public static Result run(List<String> command) {
    try {
      Path output = Files.createTempFile("sunchak-command", ".out");
      try {
        Process process = builder(command).redirectOutput(output.toFile()).start();
        return await(process, output);
      } finally {
        Files.deleteIfExists(output);
      }
    } catch (IOException e) {
      return new Result(-1, String.valueOf(e.getMessage()));
    }
  }

  /** Waits for the end of a process whose output goes to a file. */
  public static Result await(Process process, Path output) throws IOException {
    try {
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return new Result(-1, "did not end within " + SECONDS + " s");
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      return new Result(-1, "interrupted");
    }
    return new Result(process.exitValue(), Files.readString(output, StandardCharsets.ISO_8859_1));
  }

  /**
   * A builder with empty input, errors joined to the output, and an environment without the
   * caller's settings: a stray {@code PGDATA} or {@code PGPORT} must not reach an engine.
   */
  public static ProcessBuilder builder(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    String path = builder.environment().getOrDefault("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
    builder.environment().clear();
    builder.environment().put("PATH", path);
    builder.environment().put("LC_ALL", "C");
    return builder.redirectInput(new File("/dev/null")).redirectErrorStream(true);
  }
}
