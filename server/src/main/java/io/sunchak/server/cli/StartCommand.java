package io.sunchak.server.cli;

import io.sunchak.embedded.directory.DataDirectory;
import io.sunchak.embedded.engine.EngineOptions.Role;
import io.sunchak.server.SunchakServer;
import io.sunchak.server.cli.aot.AotCache;
import io.sunchak.server.cli.aot.AotTraining;
import io.sunchak.server.demo.DemoSite;
import io.sunchak.server.security.PublishedKeys;
import io.sunchak.server.transport.Transport;
import io.sunchak.token.TokenSigner;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
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
    OwnEngines engines = OwnEngines.begin(data, missing());
    ConfigurableApplicationContext server;
    try {
      server = run(engines);
    } catch (RuntimeException e) {
      close(engines, data);
      throw e;
    }
    boolean own = engines.serve(server.getEnvironment());
    AotTraining training = own ? training() : null;
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> stop(server, engines, data, training), "stop"));
    String secret = server.getEnvironment().getProperty("sunchak.token.secret");
    boolean ownKey = data.secrets().tokenSecret().equals(secret) && !hasIssuer(server);
    boolean shows = demo == null ? own : demo;
    ServerFile.write(data.root(), new ServerFile.Facts(url(), shows, ownKey));
    String seeded = shows ? server.getBean(Demo.class).seed() : null;
    TokenSigner signer = ownKey ? signer(data) : null;
    if (seeded != null) {
      server.getBean(DemoSite.class).seeded(signer, data.root());
    }
    Path shown = ephemeral ? data.root() : dataDirectory;
    new Screen(url(), shown, !ephemeral, signer, server.getBean(Transport.class))
        .show(engines.await(), seeded, System.nanoTime() - started);
    if (training != null) {
      training.begin();
    }
    return new Started(url(), signer);
  }

  /**
   * In the background only where both engines are bundled, since that machine is for trying out.
   * Elsewhere the cores are for users, and {@code ./sunchak train} is run before.
   */
  private static @Nullable AotTraining training() {
    return AotCache.ofThisBuild().filter(AotCache::isWanted).map(TrainingRun::of).orElse(null);
  }

  /** The engines for which no URL was given. */
  private Set<Role> missing() {
    Set<Role> missing = EnumSet.noneOf(Role.class);
    if (redisUrl == null) {
      missing.add(Role.REDIS);
    }
    if (postgresUrl == null) {
      missing.add(Role.POSTGRES);
    }
    return missing;
  }

  private static boolean hasIssuer(ConfigurableApplicationContext server) {
    return server.getBeanNamesForType(PublishedKeys.class).length > 0;
  }

  private static TokenSigner signer(DataDirectory data) {
    byte[] key = data.secrets().tokenSecret().getBytes(StandardCharsets.UTF_8);
    return new TokenSigner(key, InstantSource.system());
  }

  private ConfigurableApplicationContext run(OwnEngines engines) {
    System.setProperty("server.port", Integer.toString(port));
    System.setProperty("server.address", host);
    if (redisUrl != null) {
      System.setProperty("sunchak.redis.url", redisUrl);
    }
    if (postgresUrl != null) {
      System.setProperty("sunchak.postgres.url", postgresUrl);
    }
    return new SpringApplicationBuilder(SunchakServer.class, Demo.class)
        .registerShutdownHook(false)
        .initializers(context ->
            // After all definitions are read, before the first bean is made.
            context.addBeanFactoryPostProcessor(
                beans -> engines.addSettings(context.getEnvironment())))
        .run();
  }

  private String url() {
    return "http://" + (host.equals("0.0.0.0") ? "127.0.0.1" : host) + ":" + port;
  }

  /** An orderly end on request is a success; without the halt the exit code would be 143. */
  private static void stop(
      ConfigurableApplicationContext server,
      OwnEngines engines,
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

  private static void close(OwnEngines engines, DataDirectory data) {
    engines.close();
    data.close();
  }
}
