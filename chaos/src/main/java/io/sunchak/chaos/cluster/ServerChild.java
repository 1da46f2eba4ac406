package io.sunchak.chaos.cluster;

import io.sunchak.embedded.process.LaunchThread;
import io.sunchak.load.ApiClient;
import io.sunchak.load.HttpCall;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A server as {@code ./sunchak start} makes it. It comes back by the same command line as at first:
 * {@code ./sunchak} would build what was changed meanwhile, and no user waits for that.
 */
public final class ServerChild extends Child {
  private static final Duration PROBE = Duration.ofSeconds(2);

  private final List<String> prefix;
  private final List<String> start;
  private final Map<String, String> environment;
  private final URI url;
  private volatile List<String> again = List.of();

  ServerChild(
      List<String> prefix,
      List<String> start,
      Map<String, String> environment,
      int port,
      LaunchThread thread,
      Path log) {
    super(thread, log);
    this.prefix = prefix;
    this.start = start;
    this.environment = environment;
    this.url = URI.create("http://127.0.0.1:" + port);
  }

  public URI url() {
    return url;
  }

  @Override
  ProcessBuilder command() {
    List<String> command = new ArrayList<>(prefix);
    command.addAll(again.isEmpty() ? start : again);
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
      boolean ready =
          client.send(HttpCall.get("/actuator/health/readiness", null)).join().status() == 200;
      if (ready && again.isEmpty()) {
        again = commandLine();
      }
      return ready;
    }
  }

  @Override
  public String toString() {
    return "server on " + url;
  }
}
