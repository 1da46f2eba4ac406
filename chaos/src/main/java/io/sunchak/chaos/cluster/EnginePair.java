package io.sunchak.chaos.cluster;

import io.sunchak.embedded.directory.DataDirectory;
import io.sunchak.embedded.engine.EngineOptions;
import io.sunchak.embedded.loopback.LoopbackPorts;
import io.sunchak.embedded.postgres.EmbeddedPostgres;
import io.sunchak.embedded.postgres.PostgresRoles;
import io.sunchak.embedded.process.LaunchPrefix;
import io.sunchak.embedded.process.LaunchThread;
import io.sunchak.embedded.redis.EmbeddedRedis;
import io.sunchak.token.TokenSigner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One Redis and one PostgreSQL, how to reach them past every link, and the servers that use them.
 * All on loopback, all of them children of this JVM. Thread-safe.
 */
public final class EnginePair implements AutoCloseable {
  private final Path folder;
  private final DataDirectory data;
  private final LaunchPrefix prefix = LaunchPrefix.probe();
  private final LaunchThread thread = new LaunchThread();
  private final EngineChild redis;
  private final EngineChild postgres;

  /** Prepares both, and starts none. Data and logs go into {@code folder}. */
  public EnginePair(Path folder) throws IOException {
    this.folder = folder;
    this.data = DataDirectory.open(folder);
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
  }

  /**
   * A server that reaches the engines by these ports. It is not started.
   *
   * @param number tells its folder and its log from those of others
   */
  public ServerChild server(int number, Cluster.Plan plan, int redisPort, int postgresPort) {
    int port = LoopbackPorts.free();
    String name = "server-" + number;
    List<String> start =
        List.of(
            plan.command().toString(),
            "start",
            "--port",
            Integer.toString(port),
            "--data-dir",
            folder.resolve(name).toString());
    Map<String, String> environment =
        Map.of(
            "SUNCHAK_JAVA_OPTS",
            plan.jvm(),
            "SUNCHAK_TOKEN_SECRET",
            data.secrets().tokenSecret(),
            "SUNCHAK_REDIS_URL",
            "redis://sunchak:%s@127.0.0.1:%d"
                .formatted(data.secrets().redisServerPassword(), redisPort),
            "SUNCHAK_POSTGRES_URL",
            "jdbc:postgresql://127.0.0.1:%d/%s".formatted(postgresPort, EmbeddedPostgres.DATABASE),
            "SUNCHAK_POSTGRES_USER",
            PostgresRoles.OWNER,
            "SUNCHAK_POSTGRES_PASSWORD",
            data.secrets().postgresOwnerPassword());
    return new ServerChild(
        prefix.forRedis(), start, environment, port, thread, folder.resolve(name + ".log"));
  }

  public EngineChild redis() {
    return redis;
  }

  public EngineChild postgres() {
    return postgres;
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

  /** Kills both. */
  @Override
  public void close() {
    Stream.of(redis, postgres).forEach(Child::close);
    thread.close();
    data.close();
  }
}
