package io.sunchak.server.cli;

import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.embedded.PostgresLogin;
import io.sunchak.embedded.directory.DataDirectory;
import io.sunchak.embedded.engine.EngineOptions;
import io.sunchak.embedded.engine.EngineOptions.Role;
import io.sunchak.server.SunchakServer;
import io.sunchak.server.cli.aot.AotCache;
import io.sunchak.server.cli.aot.AotTraining;
import io.sunchak.server.demo.DemoSite;
import io.sunchak.server.security.PublishedKeys;
import io.sunchak.token.TokenSigner;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code ./sunchak start}: starts the engines that were not given, the server and the demo, and
 * prints the screen.
 */
@Command(
    name = "start",
    description = "Start the server, with its own Redis and PostgreSQL unless given others.",
    mixinStandardHelpOptions = true)
final class StartCommand implements Callable<Integer> {
  @Option(names = "--port", defaultValue = "8080", description = "of the HTTP API (8080)")
  private int port = 8080;

  @Option(names = "--host", defaultValue = "127.0.0.1", description = "address to listen on")
  private String host = "127.0.0.1";

  @Option(names = "--data-dir", defaultValue = "data", description = "kept between runs (./data)")
  private Path dataDirectory = Path.of("data");

  @Option(names = "--ephemeral", description = "forget all data at the end")
  private boolean ephemeral;

  @Option(
      names = "--redis-url",
      defaultValue = "${env:SUNCHAK_REDIS_URL}",
      description = "redis://user:password@host:port instead of the bundled one")
  private @Nullable String redisUrl;

  @Option(
      names = "--postgres-url",
      defaultValue = "${env:SUNCHAK_POSTGRES_URL}",
      description = "jdbc:postgresql://… instead of the bundled one")
  private @Nullable String postgresUrl;

  @Option(
      names = "--demo",
      negatable = true,
      description =
          "with or without the demo campaigns (default: with, if both engines are bundled)")
  private @Nullable Boolean demo;

  /**
   * A server that has printed its screen. It ends with the JVM.
   *
   * @param signer null where its tokens are signed by others
   */
  record Started(String url, @Nullable TokenSigner signer) {}

  @Override
  public Integer call() throws InterruptedException {
    begin();
    new CountDownLatch(1).await();
    return 0;
  }

  /** Returns when it serves. */
  Started begin() {
    long started = System.nanoTime();
    DataDirectory data =
        ephemeral ? DataDirectory.ephemeral(dataDirectory) : DataDirectory.open(dataDirectory);
    EmbeddedEngines engines = engines(data);
    ConfigurableApplicationContext server;
    try {
      server = run(settings(data, engines), engines);
    } catch (RuntimeException e) {
      close(engines, data);
      throw e;
    }
    AotTraining training = training(engines);
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> stop(server, engines, data, training), "stop"));
    String secret = server.getEnvironment().getProperty("sunchak.token.secret");
    boolean ownKey = data.secrets().tokenSecret().equals(secret) && !hasIssuer(server);
    boolean shows = demo == null ? usesOwnEngines(server.getEnvironment(), engines) : demo;
    ServerFile.write(data.root(), new ServerFile.Facts(url(), shows, ownKey));
    String seeded = shows ? server.getBean(Demo.class).seed() : null;
    TokenSigner signer = ownKey ? signer(data) : null;
    if (seeded != null) {
      server.getBean(DemoSite.class).seeded(signer, data.root());
    }
    Path shown = ephemeral ? data.root() : dataDirectory;
    new Screen(url(), shown, !ephemeral, signer).show(engines, seeded, System.nanoTime() - started);
    if (training != null) {
      training.begin();
    }
    return new Started(url(), signer);
  }

  /**
   * In the background only where both engines are bundled, since that machine is for trying out.
   * Elsewhere the cores are for users, and {@code ./sunchak train} is run before.
   */
  private static @Nullable AotTraining training(@Nullable EmbeddedEngines engines) {
    if (engines == null || !engines.runs(Role.REDIS) || !engines.runs(Role.POSTGRES)) {
      return null;
    }
    return AotCache.ofThisBuild().filter(AotCache::isWanted).map(TrainingRun::of).orElse(null);
  }

  /**
   * Demo campaigns can never be deleted, so they are created in a user's own ledger only on
   * request.
   */
  private static boolean usesOwnEngines(
      Environment environment, @Nullable EmbeddedEngines engines) {
    return engines != null
        && engines.runs(Role.REDIS)
        && engines.runs(Role.POSTGRES)
        && engines.redisServerUri().equals(environment.getProperty("sunchak.redis.url"))
        && engines.jdbcUrl().equals(environment.getProperty("sunchak.postgres.url"));
  }

  /** The engines for which no URL was given; null if both were given. */
  private @Nullable EmbeddedEngines engines(DataDirectory data) {
    Set<Role> missing = EnumSet.noneOf(Role.class);
    if (redisUrl == null) {
      missing.add(Role.REDIS);
    }
    if (postgresUrl == null) {
      missing.add(Role.POSTGRES);
    }
    return missing.isEmpty()
        ? null
        : EmbeddedEngines.start(data, EngineOptions.defaults().with(missing));
  }

  private static boolean hasIssuer(ConfigurableApplicationContext server) {
    return server.getBeanNamesForType(PublishedKeys.class).length > 0;
  }

  private static TokenSigner signer(DataDirectory data) {
    byte[] key = data.secrets().tokenSecret().getBytes(StandardCharsets.UTF_8);
    return new TokenSigner(key, InstantSource.system());
  }

  private ConfigurableApplicationContext run(
      Map<String, Object> settings, @Nullable EmbeddedEngines engines) {
    return new SpringApplicationBuilder(SunchakServer.class, Demo.class)
        .registerShutdownHook(false)
        .properties(settings)
        .initializers(context -> addLogins(context.getEnvironment(), engines))
        .run();
  }

  /** These have the lowest precedence: a file or the environment may override them. */
  private Map<String, Object> settings(DataDirectory data, @Nullable EmbeddedEngines engines) {
    Map<String, Object> settings = new LinkedHashMap<>();
    System.setProperty("server.port", Integer.toString(port));
    System.setProperty("server.address", host);
    if (engines != null) {
      settings.put("sunchak.token.secret", data.secrets().tokenSecret());
    }
    if (engines != null && engines.runs(Role.REDIS)) {
      settings.put("sunchak.redis.url", engines.redisServerUri());
    }
    if (engines != null && engines.runs(Role.POSTGRES)) {
      settings.put("sunchak.postgres.url", engines.jdbcUrl());
    }
    if (redisUrl != null) {
      System.setProperty("sunchak.redis.url", redisUrl);
    }
    if (postgresUrl != null) {
      System.setProperty("sunchak.postgres.url", postgresUrl);
    }
    return settings;
  }

  /**
   * The settings of the embedded PostgreSQL, unless a file or the environment names another
   * PostgreSQL.
   */
  private static void addLogins(
      ConfigurableEnvironment environment, @Nullable EmbeddedEngines engines) {
    if (engines == null
        || !engines.runs(Role.POSTGRES)
        || !engines.jdbcUrl().equals(environment.getProperty("sunchak.postgres.url"))) {
      return;
    }
    PostgresLogin server = engines.postgresServer();
    PostgresLogin owner = engines.postgresOwner();
    Map<String, Object> logins =
        Map.of(
            "sunchak.postgres.user", server.user(),
            "sunchak.postgres.password", server.password(),
            "sunchak.postgres.owner.user", owner.user(),
            "sunchak.postgres.owner.password", owner.password());
    environment.getPropertySources().addLast(new MapPropertySource("logins", logins));
  }

  private String url() {
    return "http://" + (host.equals("0.0.0.0") ? "127.0.0.1" : host) + ":" + port;
  }

  /** An orderly end on request is a success; without the halt the exit code would be 143. */
  private static void stop(
      ConfigurableApplicationContext server,
      @Nullable EmbeddedEngines engines,
      DataDirectory data,
      @Nullable AotTraining training) {
    ServerFile.delete(data.root());
    if (training != null) {
      training.close();
    }
    SpringApplication.exit(server);
    close(engines, data);
    Runtime.getRuntime().halt(0);
  }

  private static void close(@Nullable EmbeddedEngines engines, DataDirectory data) {
    if (engines != null) {
      engines.close();
    }
    data.close();
  }
}
