package io.sunchak.admission.testing;

import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.embedded.loopback.LoopbackPorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;

/**
 * A Redis of its own beside the shared one, with safe settings at first, to be set and treated
 * badly. The same program as the shared one's.
 */
public final class RedisProcess implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final int port = LoopbackPorts.free();
  private final List<String> command = new ArrayList<>();
  private final Path log;
  private Process process;

  public RedisProcess(EmbeddedEngines engines) {
    this(engines, List.of());
  }

  /** With these settings too, as on its command line. */
  public RedisProcess(EmbeddedEngines engines, List<String> more) {
    try {
      Path data = Files.createTempDirectory(Path.of("target"), "redis-");
      log = data.resolve("log");
      command.add(engines.redis().program().toString());
      command.addAll(List.of("--port", Integer.toString(port), "--bind", "127.0.0.1"));
      command.addAll(List.of("--dir", data.toAbsolutePath().toString(), "--save", ""));
      command.addAll(List.of("--appendonly", "yes", "--appendfsync", "always"));
      command.addAll(more);
      process = begin(List.of());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Awaitility.await("redis answers").atMost(LIMIT).until(this::answers);
  }

  private Process begin(List<String> more) throws IOException {
    List<String> all = new ArrayList<>(command);
    all.addAll(more);
    Process begun =
        new ProcessBuilder(all)
            .redirectErrorStream(true)
            .redirectOutput(Redirect.appendTo(log.toFile()))
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(begun::destroyForcibly));
    return begun;
  }

  /** Kills it and starts it on what it had, with these settings too; does not wait for it. */
  public void again(String... more) {
    try {
      process.destroyForcibly().waitFor();
      process = begin(List.of(more));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  public String uri() {
    return "redis://127.0.0.1:" + port;
  }

  /** {@code STOP} and {@code CONT}, by the shell: a minimal machine has no other kill. */
  public void signal(String name) {
    try {
      new ProcessBuilder("sh", "-c", "kill -" + name + " " + process.pid()).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  private boolean answers() {
    if (!process.isAlive()) {
      throw new IllegalStateException("redis ended with " + process.exitValue());
    }
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(1_000);
      socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
      int said = socket.getInputStream().read();
      return said == '+' || said == '-';
    } catch (IOException notYet) {
      return false;
    }
  }
}
