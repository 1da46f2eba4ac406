package io.sunchak.chaos.cluster;

import io.sunchak.embedded.process.LaunchThread;
import io.sunchak.load.ApiClient;
import io.sunchak.load.HttpCall;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A server as {@code ./sunchak start} makes it. */
public final class ServerChild extends Child {
  private static final Duration PROBE = Duration.ofSeconds(2);

  private final List<String> command;
  private final Map<String, String> environment;
  private final URI url;

  ServerChild(
      List<String> command,
      Map<String, String> environment,
      int port,
      LaunchThread thread,
      Path log) {
    super(thread, log);
    this.command = command;
    this.environment = environment;
    this.url = URI.create("http://127.0.0.1:" + port);
  }

  public URI url() {
    return url;
  }

  @Override
  ProcessBuilder command() {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    return builder.redirectInput(Path.of("/dev/null").toFile()).redirectErrorStream(true);
  }

  /** By its own word for load balancers. */
  @Override
  public boolean isReady() {
    if (!isAlive()) {
      return false;
    }
    try (ApiClient client = new ApiClient(url, 1, PROBE)) {
      return client.send(HttpCall.get("/actuator/health/readiness", null)).join().status() == 200;
    }
  }

  @Override
  public String toString() {
    return "server on " + url;
  }
}
