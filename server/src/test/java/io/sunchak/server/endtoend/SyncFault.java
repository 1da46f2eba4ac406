package io.sunchak.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What a bad disk does to a process that syncs its files, by {@code strace}. */
final class SyncFault implements AutoCloseable {
  /** What is missing where {@link #isPossible} is false. */
  static final String NEEDED = "needs strace, and the right to trace what another process started";

  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final String CALLS = "fdatasync,fsync";

  private final Process strace;

  private SyncFault(Process strace) {
    this.strace = strace;
  }

  /** Whether it can be done on this machine, seen on a process that is not a child. */
  static boolean isPossible() throws IOException, InterruptedException {
    Process sleeper =
        new ProcessBuilder("sh", "-c", "sleep 60 >/dev/null 2>&1 & echo $!")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    long pid = Long.parseLong(sleeper.inputReader().readLine());
    try (SyncFault _ = failing(pid)) {
      return true;
    } catch (IOException | AssertionError notHere) {
      return false;
    } finally {
      ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    }
  }

  /** Each sync of the process takes so much longer, until its end or {@link #close}. */
  static SyncFault slow(long pid, Duration delay) throws IOException {
    return begin(pid, "delay_enter=" + TimeUnit.NANOSECONDS.toMicros(delay.toNanos()));
  }

  /** Each sync of the process fails, as on a disk that cannot write, until {@link #close}. */
  static SyncFault failing(long pid) throws IOException {
    return begin(pid, "error=EIO");
  }

  private static SyncFault begin(long pid, String fault) throws IOException {
    Path folder = Files.createDirectories(Path.of("target/kill"));
    Path said = Files.createTempFile(folder, "strace-", ".log");
    List<String> command =
        List.of(
            "strace",
            "-f",
            "-p",
            Long.toString(pid),
            "-e",
            "trace=" + CALLS,
            "-e",
            "inject=" + CALLS + ":" + fault);
    Process strace =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();
    await("strace is attached to " + pid)
        .atMost(LIMIT)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(10))
        .failFast(() -> assertThat(strace.isAlive() || isAttached(said)).as(read(said)).isTrue())
        .until(() -> isAttached(said));
    return new SyncFault(strace);
  }

  /** It may have ended since, with the process. */
  private static boolean isAttached(Path said) {
    return read(said).contains("attached");
  }

  private static String read(Path said) {
    try {
      return Files.readString(said);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The process, if it lives, goes on without. */
  @Override
  public void close() {
    strace.destroy();
    strace.onExit().orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join();
  }
}
