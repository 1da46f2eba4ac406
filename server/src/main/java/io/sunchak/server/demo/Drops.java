package io.sunchak.server.demo;

import io.sunchak.core.CampaignId;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs {@code ./sunchak drop} as a child process, one at a time, on a server with a demo. The load
 * comes from outside the server, as it does from users. Thread-safe.
 */
public final class Drops implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofMinutes(15);
  private static final int MOST_OUTPUT = 64 * 1_024;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final DemoSite demo;
  private final @Nullable Path command;
  private @Nullable Drop latest;
  private @Nullable Process process;

  /** The state of a drop. */
  public enum State {
    RUNNING,
    DONE,
    FAILED
  }

  /**
   * A drop.
   *
   * @param report what {@code drop --json} printed; null while it runs, or if there is none
   * @param error in one line; null if there is none
   */
  public record Drop(
      CampaignId campaign, State state, @Nullable JsonNode report, @Nullable String error) {}

  /** Another drop is running. */
  public static final class RunningException extends Exception {
    private static final long serialVersionUID = 1L;
  }

  /**
   * The drops of one server.
   *
   * @param command the script that started it; null if it was not started by the script
   */
  public Drops(DemoSite demo, @Nullable Path command) {
    this.demo = demo;
    this.command = command;
  }

  /**
   * Starts a drop.
   *
   * @return empty without a demo or without a script
   * @throws RunningException if another drop is running
   */
  synchronized Optional<CampaignId> start(int users, long stock) throws RunningException {
    Optional<Path> data = demo.data();
    Path script = command;
    if (data.isEmpty() || script == null) {
      return Optional.empty();
    }
    if (latest != null && latest.state() == State.RUNNING) {
      throw new RunningException();
    }
    CampaignId campaign =
        new CampaignId("drop-" + Long.toString(ThreadLocalRandom.current().nextLong(1L << 50), 36));
    latest = new Drop(campaign, State.RUNNING, null, null);
    List<String> words =
        List.of(
            script.toString(),
            "drop",
            "--json",
            "--users=" + users,
            "--stock=" + stock,
            "--campaign=" + campaign,
            "--data-dir=" + data.get().toAbsolutePath());
    Thread.ofVirtual().name("drop").start(() -> run(campaign, words));
    return Optional.of(campaign);
  }

  /** The newest drop since the start. */
  synchronized Optional<Drop> latest() {
    return Optional.ofNullable(latest);
  }

  private void run(CampaignId campaign, List<String> words) {
    try {
      Process child = new ProcessBuilder(words).redirectErrorStream(false).start();
      child.getOutputStream().close();
      remember(child);
      AtomicReference<String> said = new AtomicReference<>("");
      Thread errors = Thread.ofVirtual().start(() -> said.set(read(child.getErrorStream())));
      Thread limit = Thread.ofVirtual().start(() -> endAfterLimit(child));
      String printed = read(child.getInputStream());
      int code = child.waitFor();
      errors.join();
      limit.interrupt();
      finish(campaign, code, printed, said.get());
    } catch (IOException e) {
      end(new Drop(campaign, State.FAILED, null, "drop could not be started"));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void remember(Process child) {
    process = child;
  }

  private synchronized void end(Drop drop) {
    process = null;
    latest = drop;
  }

  /** A drop in which the judge finds violations also prints a report, and exits with 1. */
  private void finish(CampaignId campaign, int code, String printed, String said) {
    JsonNode report = report(printed);
    if (report != null) {
      end(new Drop(campaign, State.DONE, report, null));
    } else {
      String line = said.lines().filter(l -> l.startsWith("sunchak: ")).findFirst().orElse("");
      String error = line.isEmpty() ? "drop ended with code " + code : line.substring(9);
      end(new Drop(campaign, State.FAILED, null, error));
    }
  }

  /** The last line: before it a JVM may have printed warnings. */
  private static @Nullable JsonNode report(String printed) {
    String last = printed.lines().reduce("", (before, line) -> line);
    try {
      JsonNode read = JSON.readTree(last);
      return read.isObject() ? read : null;
    } catch (JacksonException none) {
      return null;
    }
  }

  private static void endAfterLimit(Process child) {
    try {
      if (!child.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        child.destroyForcibly();
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  /** Reads all output, so that the child is never blocked, and keeps the first part. */
  private static String read(InputStream from) {
    try (from) {
      byte[] first = from.readNBytes(MOST_OUTPUT);
      from.transferTo(OutputStream.nullOutputStream());
      return new String(first, StandardCharsets.UTF_8);
    } catch (IOException gone) {
      return "";
    }
  }

  @Override
  public synchronized void close() {
    if (process != null) {
      process.destroyForcibly();
    }
  }
}
