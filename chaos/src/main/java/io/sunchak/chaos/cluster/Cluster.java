package io.sunchak.chaos.cluster;

import io.sunchak.embedded.directory.DataDirectory;
import io.sunchak.embedded.engine.EngineOptions;
import io.sunchak.embedded.loopback.LoopbackPorts;
import io.sunchak.embedded.postgres.EmbeddedPostgres;
import io.sunchak.embedded.postgres.PostgresRoles;
import io.sunchak.embedded.process.LaunchPrefix;
import io.sunchak.embedded.process.LaunchThread;
import io.sunchak.embedded.redis.EmbeddedRedis;
import io.sunchak.load.command.CommandException;
import io.sunchak.token.TokenSigner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Redis, PostgreSQL and two servers that share them, each server by {@link Links} of its own. All
 * on loopback, all of them children of this JVM. Thread-safe.
 */
public final class Cluster implements AutoCloseable {
  /** How many servers there are. */
  public static final int SERVERS = 2;

  private static final Duration HEALED = Duration.ofSeconds(90);

  /** The first start may have to build the server. */
  private static final Duration STARTED = Duration.ofMinutes(5);

  private static final Duration POLL = Duration.ofMillis(20);

  private final DataDirectory data;
  private final LaunchThread thread = new LaunchThread();
  private final EngineChild redis;
  private final EngineChild postgres;
  private final List<Links> links = new ArrayList<>();
  private final List<ServerChild> servers = new ArrayList<>();

  private Cluster(Path folder, Plan plan) throws IOException {
    this.data = DataDirectory.open(folder);
    LaunchPrefix prefix = LaunchPrefix.probe();
    EngineOptions options = EngineOptions.defaults();
    this.redis =
        new EngineChild(
            EmbeddedRedis.prepare(data, prefix, options),
            LoopbackPorts.free(),
            thread,
            folder.resolve("redis.log"));
    this.postgres =
        new EngineChild(
            EmbeddedPostgres.prepare(data, prefix, thread, options),
            LoopbackPorts.free(),
            thread,
            folder.resolve("postgres.log"));
    for (int i = 0; i < SERVERS; i++) {
      links.add(Links.to(redis.port(), postgres.port()));
      servers.add(server(folder, plan, prefix, i));
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

  private ServerChild server(Path folder, Plan plan, LaunchPrefix prefix, int i) {
    int port = LoopbackPorts.free();
    List<String> start =
        List.of(
            plan.command().toString(),
            "start",
            "--port",
            Integer.toString(port),
            "--data-dir",
            folder.resolve("server-" + i).toString());
    Links way = links.get(i);
    Map<String, String> environment =
        Map.of(
            "SUNCHAK_JAVA_OPTS",
            plan.jvm(),
            "SUNCHAK_TOKEN_SECRET",
            data.secrets().tokenSecret(),
            "SUNCHAK_REDIS_URL",
            "redis://sunchak:%s@127.0.0.1:%d"
                .formatted(data.secrets().redisServerPassword(), way.redis().port()),
            "SUNCHAK_POSTGRES_URL",
            "jdbc:postgresql://127.0.0.1:%d/%s"
                .formatted(way.postgres().port(), EmbeddedPostgres.DATABASE),
            "SUNCHAK_POSTGRES_USER",
            PostgresRoles.OWNER,
            "SUNCHAK_POSTGRES_PASSWORD",
            data.secrets().postgresOwnerPassword());
    return new ServerChild(
        prefix.forRedis(),
        start,
        environment,
        port,
        thread,
        folder.resolve("server-" + i + ".log"));
  }

  public EngineChild redis() {
    return redis;
  }

  public EngineChild postgres() {
    return postgres;
  }

  public List<ServerChild> servers() {
    return List.copyOf(servers);
  }

  /** The way of this server to the engines. */
  public Links links(int server) {
    return links.get(server);
  }

  /** Redis' own files. */
  public Path redisData() {
    return data.redis();
  }

  /** The user of Redis who may do everything, past every link. */
  public String redisUri() {
    return "redis://:%s@127.0.0.1:%d".formatted(data.secrets().redisPassword(), redis.port());
  }

  /** Past every link. */
  public String jdbcUrl() {
    return "jdbc:postgresql://127.0.0.1:%d/%s"
        .formatted(postgres.port(), EmbeddedPostgres.DATABASE);
  }

  /** Of the superuser {@link EmbeddedPostgres#USER}. */
  public String postgresPassword() {
    return data.secrets().postgresPassword();
  }

  /** What the servers take as their users' and administrators' tokens. */
  public TokenSigner signer() {
    byte[] key = data.secrets().tokenSecret().getBytes(StandardCharsets.UTF_8);
    return new TokenSigner(key, InstantSource.system());
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
    for (Child child : List.of(redis, postgres)) {
      child.goOn();
      bring(child, deadline);
    }
    for (Child child : servers) {
      child.goOn();
      child.launch();
    }
    for (Child child : servers) {
      bring(child, deadline);
    }
  }

  /** Launches it again where it ends, as PostgreSQL does that a dead one's child keeps out. */
  private static void bring(Child child, long deadline) throws InterruptedException {
    while (!child.isReady()) {
      if (System.nanoTime() - deadline > 0) {
        throw new CommandException(
            child + " is not ready in time after the last fault", "read " + child.log());
      }
      child.launch();
      Thread.sleep(POLL);
    }
  }

  @Override
  public void close() {
    Stream.concat(servers.stream(), Stream.of(redis, postgres)).forEach(Child::close);
    links.forEach(Links::close);
    thread.close();
    data.close();
  }
}
