package io.sunchak.bench.subject;

import io.sunchak.core.CampaignId;
import io.sunchak.core.Stock;
import io.sunchak.embedded.loopback.LoopbackPorts;
import io.sunchak.load.Answer;
import io.sunchak.load.ApiClient;
import io.sunchak.load.HttpCall;
import io.sunchak.load.command.CommandException;
import io.sunchak.load.generator.Credentials;
import io.sunchak.token.TokenSigner;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * One target, running: fresh engines, a server (or several) in processes of their own, and what is
 * needed to drive and to read them. For one thread.
 */
public final class Session implements AutoCloseable {
  /** The same for every target. */
  public static final String JVM = "-Xms1g -Xmx1g";

  private static final Duration CALL = Duration.ofSeconds(15);
  private static final Duration TOKEN_LIFE = Duration.ofHours(6);
  private static final int KEY_BYTES = 32;

  private final Target target;
  private final Path command;
  private final Path work;
  private final String secret = secret();
  private final TokenSigner signer =
      new TokenSigner(secret.getBytes(StandardCharsets.US_ASCII), InstantSource.system());
  private final Engines engines;
  private final Ledger ledger;
  private final RedisCounters redis;
  private final List<ServerProcess> servers = new ArrayList<>();
  private final List<String> more;
  private int started;
  private @Nullable Credentials users;

  private Session(Target target, Path command, Path work, List<String> more) {
    this.target = target;
    this.command = command;
    this.work = work;
    this.more = more;
    this.engines = Engines.start(work);
    this.ledger = Ledger.of(engines, target.kind());
    this.redis = new RedisCounters(engines.redisUri());
  }

  /**
   * Starts engines and servers and returns when they answer.
   *
   * @param command {@code ./sunchak}
   * @param work a folder for data and logs
   * @param more arguments for the server
   */
  public static Session open(Target target, Path command, Path work, int nodes, List<String> more)
      throws InterruptedException {
    Session session = new Session(target, command, work, more);
    try {
      for (int i = 0; i < nodes; i++) {
        session.startServer();
      }
      return session;
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
  }

  /** One server more. */
  public void startServer() throws InterruptedException {
    List<String> line = new ArrayList<>(List.of(command.toString()));
    line.addAll(target.command());
    line.addAll(more);
    started++;
    String name = target.label() + "-" + started;
    line.addAll(List.of("--data-dir", work.resolve(name).toString()));
    servers.add(
        ServerProcess.start(
            line, environment(), LoopbackPorts.free(), work.resolve(name + ".log")));
  }

  private Map<String, String> environment() {
    boolean lab = target.kind() == Target.Kind.LAB;
    return Map.of(
        "SUNCHAK_JAVA_OPTS",
        JVM,
        "SUNCHAK_TOKEN_SECRET",
        secret,
        "SUNCHAK_REDIS_URL",
        lab ? engines.redisUri() : engines.redisServerUri(),
        "SUNCHAK_POSTGRES_URL",
        engines.jdbcUrl(),
        "SUNCHAK_POSTGRES_USER",
        engines.postgresUser(),
        "SUNCHAK_POSTGRES_PASSWORD",
        engines.postgresPassword());
  }

  private static String secret() {
    byte[] random = new byte[KEY_BYTES];
    ThreadLocalRandom.current().nextBytes(random);
    return HexFormat.of().formatHex(random);
  }

  /** Where the servers listen. */
  public List<URI> nodes() {
    return servers.stream().map(ServerProcess::url).toList();
  }

  public Ledger ledger() {
    return ledger;
  }

  public RedisCounters redis() {
    return redis;
  }

  /** For the record. */
  public String describeEngines() {
    return engines.describe();
  }

  /** At least so many users, who can all prove who they are; made once, kept for the session. */
  public Credentials users(int count) {
    Credentials known = users;
    if (known == null || known.count() < count) {
      known =
          target.kind() == Target.Kind.LAB
              ? Credentials.names("u", count)
              : Credentials.tokens(signer, "u", count);
      users = known;
    }
    return known;
  }

  /** Opens a campaign of this stock, under a name not used before. */
  public CampaignId open(String name, Stock stock) {
    CampaignId campaign =
        new CampaignId(name + "-" + Long.toString(System.nanoTime() & Long.MAX_VALUE, 36));
    String total = stock.total() == null ? "null" : Long.toString(stock.total());
    String body =
        """
        {"id":"%s","name":"bench","totalStock":%s,"opensAt":"2020-01-01T00:00:00Z","closesAt":"2099-01-01T00:00:00Z"}\
        """
            .formatted(campaign, total);
    String token = target.kind() == Target.Kind.LAB ? null : signer.sign("bench", true, TOKEN_LIFE);
    try (ApiClient client = new ApiClient(nodes().getFirst(), 1, CALL)) {
      Answer answer =
          client.send(new HttpCall("POST", "/api/v1/admin/campaigns", token, body)).join();
      if (answer.status() != 201) {
        throw new CommandException(
            target.label() + " made no campaign: " + answer.status() + " " + answer.body(),
            "read its log in " + work);
      }
    }
    return campaign;
  }

  /** Kills every server at once, without warning; the engines stay. */
  public void killServers() throws InterruptedException {
    for (ServerProcess server : servers) {
      server.kill();
    }
    servers.clear();
  }

  @Override
  public void close() {
    servers.forEach(ServerProcess::close);
    redis.close();
    ledger.close();
    engines.close();
  }
}
