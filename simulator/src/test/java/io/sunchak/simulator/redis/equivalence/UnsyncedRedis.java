package io.sunchak.simulator.redis.equivalence;

import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.embedded.loopback.LoopbackPorts;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;

/**
 * The program of the shared Redis once more, without a disk: it answers the same, and a hundred
 * steps need not wait for a sync.
 */
final class UnsyncedRedis implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final int port = LoopbackPorts.free();
  private final Process process;

  UnsyncedRedis(EmbeddedEngines engines) throws IOException {
    List<String> command =
        List.of(
            engines.redis().program().toString(),
            "--port",
            Integer.toString(port),
            "--bind",
            "127.0.0.1",
            "--save",
            "",
            "--appendonly",
            "no");
    process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(Redirect.DISCARD)
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    Awaitility.await("redis answers").atMost(LIMIT).until(this::answers);
  }

  private boolean answers() {
    if (!process.isAlive()) {
      throw new IllegalStateException("redis ended with " + process.exitValue());
    }
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  URI uri() {
    return URI.create("redis://127.0.0.1:" + port);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
