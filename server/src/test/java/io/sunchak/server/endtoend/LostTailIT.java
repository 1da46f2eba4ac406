package io.sunchak.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.sunchak.core.Campaign;
import io.sunchak.core.testing.Campaigns;
import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.embedded.directory.DataDirectory;
import io.sunchak.embedded.testing.FaultProxy;
import io.sunchak.load.ApiClient;
import io.sunchak.server.endtoend.LosableRedis.Loss;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Server processes on one ledger, and a Redis that loses what none of them could drain: whoever was
 * told yes by a living node, with a 202 or a 200, keeps the number. {@code -Dsunchak.rounds=n}
 * plays more rounds, {@code -Dsunchak.seed=s} those of an earlier run.
 */
@Timeout(3_600)
class LostTailIT {
  private static final int ROUNDS = Integer.getInteger("sunchak.rounds", 1);
  private static final long SEED =
      Long.getLong("sunchak.seed", ThreadLocalRandom.current().nextInt(1_000_000));
  private static final int USERS = 300;
  private static final int CONNECTIONS = 24;
  private static final Duration CALL = Duration.ofSeconds(10);

  /** Longer than a resync waits for a node that has gone. */
  private static final Duration HANGING = Duration.ofSeconds(5);

  /** A ledger of its own: the campaigns of other tests are not to be resynced. */
  @AutoClose private final DataDirectory data = DataDirectory.ephemeral(Path.of("target"));

  @AutoClose private final EmbeddedEngines engines = EmbeddedEngines.start(data);

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void what_living_nodes_acknowledged_keeps_its_number(int nodes) throws Exception {
    onNodes(nodes, this::loseWithAllAlive);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void what_a_living_node_repeated_outlives_the_node_that_said_it_first(int nodes)
      throws Exception {
    onNodes(nodes, this::loseAfterOneDied);
  }

  /** Its resync is another server's, which must not take it for a dead one. */
  @Test
  void what_a_node_acknowledged_whose_calls_to_the_ledger_hang_keeps_its_number() throws Exception {
    try (FaultProxy ledger = new FaultProxy(URI.create(engines.jdbcUrl().substring(5)).getPort())) {
      String hanging = engines.jdbcUrl().replaceFirst(":\\d+/", ":" + ledger.port() + "/");
      onNodes(
          List.of(hanging, engines.jdbcUrl()),
          List.of(Loss.FLUSHED),
          (stage, loss) -> loseWhileOneHangs(stage, loss, ledger));
    }
  }

  /** One round: what is pressed, dies and is lost between the copy and the judge. */
  private interface Play {
    void round(Stage stage, Loss loss) throws Exception;
  }

  /** The servers of a test, and those of them that the crowd asks. */
  private record Stage(
      List<RunningStart> servers,
      LosableRedis redis,
      Crowd crowd,
      List<ApiClient> clients,
      List<ApiClient> asked) {
    void press() throws Exception {
      crowd.press(1, USERS).get(120, TimeUnit.SECONDS);
    }

    void askOnly(List<ApiClient> some) {
      asked.clear();
      asked.addAll(some);
    }
  }

  private void onNodes(int nodes, Play play) throws Exception {
    onNodes(Collections.nCopies(nodes, engines.jdbcUrl()), List.of(Loss.values()), play);
  }

  private void onNodes(List<String> ledgers, List<Loss> losses, Play play) throws Exception {
    Path home =
        Files.createTempDirectory(Files.createDirectories(Path.of("target/lost-tail")), "home-")
            .toAbsolutePath();
    List<RunningStart> servers = new ArrayList<>();
    try (LosableRedis redis = new LosableRedis(engines, home)) {
      for (String ledger : ledgers) {
        Path own = home.resolve("node-" + servers.size());
        servers.add(RunningStart.on(own, engineUrls(redis, ledger), environment()));
      }
      servers.forEach(RunningStart::awaitReady);
      for (int round = 0; round < ROUNDS; round++) {
        for (Loss loss : losses) {
          play(SEED + round, loss, servers, redis, play);
        }
      }
    } finally {
      servers.forEach(RunningStart::close);
    }
  }

  private void play(long seed, Loss loss, List<RunningStart> servers, LosableRedis redis, Play play)
      throws Exception {
    Random random = new Random(seed);
    boolean exhausted = random.nextBoolean();
    Campaign campaign = Campaigns.open(exhausted ? USERS : USERS * 2);
    List<ApiClient> clients =
        servers.stream().map(server -> new ApiClient(server.url(), CONNECTIONS, CALL)).toList();
    List<ApiClient> asked = new CopyOnWriteArrayList<>(clients);
    try (BothSides sides = BothSides.of(engines, redis.uri())) {
      Crowd crowd = new Crowd(campaign, servers.getFirst().signer(), asked).open();
      crowd.press(1, 1 + random.nextInt(20)).get(60, TimeUnit.SECONDS);
      sides.drained(campaign.id());
      redis.keepCopy();
      play.round(new Stage(servers, redis, crowd, clients, asked), loss);
      crowd.press(1, USERS * 3 / 2).get(180, TimeUnit.SECONDS);
      String shown = "%d, %s, exhausted %s".formatted(seed, loss, exhausted);
      assertThat(crowd.assertPromiseKept(sides, shown).rows())
          .as(shown)
          .hasSizeGreaterThanOrEqualTo(USERS);
    } finally {
      clients.forEach(ApiClient::close);
    }
  }

  private void loseWithAllAlive(Stage stage, Loss loss) throws Exception {
    try (BlockedDrain blocked = BlockedDrain.of(engines)) {
      stage.press();
      stage.press();
      stage.redis().lose(loss);
      blocked.release();
    }
  }

  private void loseAfterOneDied(Stage stage, Loss loss) throws Exception {
    List<ApiClient> living = stage.clients().subList(1, stage.clients().size());
    RunningStart dying = stage.servers().getFirst();
    try (BlockedDrain blocked = BlockedDrain.of(engines)) {
      stage.askOnly(stage.clients().subList(0, 1));
      stage.press();
      stage.askOnly(living);
      stage.press();
      dying.process().kill();
      stage.redis().lose(loss);
      blocked.release();
    }
    stage.press();
    dying.again();
    stage.askOnly(stage.clients());
  }

  private void loseWhileOneHangs(Stage stage, Loss loss, FaultProxy ledger) throws Exception {
    try (BlockedDrain blocked = BlockedDrain.of(engines)) {
      stage.askOnly(stage.clients().subList(0, 1));
      FaultProxy.Hold hold = ledger.hold();
      stage.press();
      stage.redis().lose(loss);
      CompletableFuture.delayedExecutor(HANGING.toMillis(), TimeUnit.MILLISECONDS)
          .execute(hold::release);
      blocked.release();
    }
    stage.askOnly(stage.clients().subList(1, 2));
    stage.press();
    stage.askOnly(stage.clients());
  }

  private List<String> engineUrls(LosableRedis redis, String ledger) {
    return List.of("--redis-url", redis.uri(), "--postgres-url", ledger);
  }

  private Map<String, String> environment() {
    return Map.of(
        "SUNCHAK_TOKEN_SECRET",
        "of the servers of the lost tail, long enough",
        "SUNCHAK_POSTGRES_USER",
        engines.postgresOwner().user(),
        "SUNCHAK_POSTGRES_PASSWORD",
        engines.postgresOwner().password());
  }
}
