package io.sunchak.chaos.cluster;

import io.sunchak.load.command.CommandException;
import io.sunchak.token.TokenSigner;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Two engines and two servers that share them, each server by {@link Links} of its own.
 * Thread-safe.
 */
public final class Cluster implements AutoCloseable {
  /** How many servers there are. */
  public static final int SERVERS = 2;

  private static final Duration HEALED = Duration.ofSeconds(90);

  /** The first start may have to build the server. */
  private static final Duration STARTED = Duration.ofMinutes(5);

  private final EnginePair engines;
  private final List<Links> links = new ArrayList<>();
  private final List<ServerChild> servers = new ArrayList<>();

  private Cluster(Path folder, Plan plan) throws IOException {
    this.engines = new EnginePair(folder);
    for (int i = 0; i < SERVERS; i++) {
      Links way = Links.to(engines.redis().port(), engines.postgres().port());
      links.add(way);
      servers.add(engines.server(i, plan, way.redis().port(), way.postgres().port()));
    }
  }

  /**
   * How the servers are started.
   *
   * @param command {@code ./sunchak}
   * @param jvm flags for each server's JVM
   */
  public record Plan(Path command, String jvm) {}

  /** Starts all, and returns when the servers are ready. Data and logs go into {@code folder}. */
  public static Cluster start(Path folder, Plan plan) throws InterruptedException {
    try {
      Cluster cluster = new Cluster(folder, plan);
      try {
        cluster.heal(STARTED);
        return cluster;
      } catch (RuntimeException | InterruptedException e) {
        cluster.close();
        throw e;
      }
    } catch (IOException e) {
      throw new CommandException(
          "cannot prepare engines in " + folder + ": " + e.getMessage(),
          "choose another folder with --out");
    }
  }

  public EnginePair engines() {
    return engines;
  }

  public EngineChild redis() {
    return engines.redis();
  }

  public EngineChild postgres() {
    return engines.postgres();
  }

  public List<ServerChild> servers() {
    return List.copyOf(servers);
  }

  /** The way of this server to the engines. */
  public Links links(int server) {
    return links.get(server);
  }

  /** What the servers take as their users' and administrators' tokens. */
  public TokenSigner signer() {
    return engines.signer();
  }

  /**
   * Lets everything live and pass again, and returns when both servers say that they are ready.
   *
   * @throws CommandException where that takes longer than 90 s
   */
  public void heal() throws InterruptedException {
    heal(HEALED);
  }

  private void heal(Duration patience) throws InterruptedException {
    links.forEach(Links::clear);
    long deadline = System.nanoTime() + patience.toNanos();
    for (Child child : List.of(redis(), postgres())) {
      child.goOn();
      child.bring(deadline);
    }
    for (Child child : servers) {
      child.goOn();
      child.launch();
    }
    for (Child child : servers) {
      child.bring(deadline);
    }
  }

  @Override
  public void close() {
    servers.forEach(Child::close);
    links.forEach(Links::close);
    engines.close();
  }
}
