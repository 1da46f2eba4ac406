package io.sunchak.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A process in a session and process group of its own, its output in files. It dies with this JVM,
 * however that ends.
 */
public final class ChildProcess implements AutoCloseable {
  private static final List<String> APART = List.of("setpriv", "--pdeathsig", "KILL", "setsid");
  private static final Duration READY = Duration.ofMinutes(2);

  private final Process process;
  private final Path out;
  private final Path err;

  private ChildProcess(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /** Starts it; {@code logs} is made, and holds its output. */
  static ChildProcess start(List<String> command, Map<String, String> environment, Path logs) {
    List<String> whole = new ArrayList<>(APART);
    whole.addAll(command);
    try {
      Files.createDirectories(logs);
      Path out = Files.createTempFile(logs, "out-", ".log");
      Path err = Files.createTempFile(logs, "err-", ".log");
      ProcessBuilder builder =
          new ProcessBuilder(whole)
              .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
              .redirectOutput(out.toFile())
              .redirectError(err.toFile());
      builder.environment().putAll(environment);
      return new ChildProcess(builder.start(), out, err);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public long pid() {
    return process.pid();
  }

  public String output() {
    return read(out);
  }

  public String errors() {
    return read(err);
  }

  /** Returns when its output holds {@code words}; fails at once when it ends before. */
  void awaitOutput(String words) {
    awaitOutput(words, READY);
  }

  void awaitOutput(String words, Duration atMost) {
    await("'" + words + "' in the output")
        .atMost(atMost)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(20))
        .failFast(() -> assertThat(process.isAlive()).as(this::toString).isTrue())
        .until(() -> output().contains(words));
  }

  /** Waits for its end and gives its exit code. */
  public int exitCode(Duration atMost) throws InterruptedException {
    assertThat(process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS))
        .as("ends within %s: %s", atMost, this)
        .isTrue();
    return process.exitValue();
  }

  /** SIGTERM. */
  public void terminate() {
    process.destroy();
  }

  /** SIGKILL for the process alone. */
  public void kill() {
    process.destroyForcibly();
  }

  @Override
  public String toString() {
    return "process %d%n%s%n%s".formatted(pid(), output(), errors());
  }

  /** What was written so far may end within a character. */
  private static String read(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().orTimeout(30, TimeUnit.SECONDS).join();
  }
}
