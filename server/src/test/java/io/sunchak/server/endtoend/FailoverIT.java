package io.sunchak.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sunchak.admission.link.RedisLink;
import io.sunchak.core.Campaign;
import io.sunchak.core.loop.LoopListener;
import io.sunchak.core.testing.Campaigns;
import io.sunchak.core.testing.IssueStage;
import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.embedded.directory.DataDirectory;
import io.sunchak.load.ApiClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Two servers on a Redis that Sentinel replaces while users press: with replicas that acknowledge,
 * and without, where the servers themselves remember. {@code -Dsunchak.rounds=n} replaces it more
 * often.
 */
@Timeout(3_600)
class FailoverIT {
  private static final int ROUNDS = Integer.getInteger("sunchak.rounds", 1);
  private static final int USERS = 3_000;
  private static final int CONNECTIONS = 24;
  private static final Duration CALL = Duration.ofSeconds(10);
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @AutoClose private final DataDirectory data = DataDirectory.ephemeral(Path.of("target"));
  @AutoClose private final EmbeddedEngines engines = EmbeddedEngines.start(data);

  /** What becomes of a primary. */
  private enum Fate {
    KILLED,
    STOPPED
  }

  /** What is done with two servers and their Redis. */
  private interface Play {
    void on(List<RunningStart> servers, WatchedRedis redis) throws Exception;
  }

  @ParameterizedTest
  @CsvSource({"1, refused", "0, accepted"})
  void nobody_loses_what_was_acknowledged_and_nothing_is_oversold(String acks, String loss)
      throws Exception {
    play(
        acks,
        loss,
        (servers, redis) -> {
          for (int round = 0; round < ROUNDS; round++) {
            for (Fate fate : Fate.values()) {
              replace(fate, servers, redis, loss.equals("accepted"));
            }
          }
        });
  }

  /** Else they would lose it, for no server is left that remembers. */
  @Test
  void what_no_replica_has_is_told_to_nobody() throws Exception {
    play("1", "refused", this::loseWhatNoReplicaHas);
  }

  /** Nothing is on its way there, so no call that hangs tells. */
  @Test
  void a_connection_to_a_primary_that_was_replaced_is_given_up() throws Exception {
    try (WatchedRedis redis = new WatchedRedis(engines, home());
        RedisLink link = new RedisLink(redis.uri(), "test-watch", CALL, LoopListener.NONE)) {
      await().atMost(LIMIT).until(() -> link.connectionNumber().isPresent());
      long first = link.connectionNumber().getAsLong();
      int before = redis.primary();
      redis.signal(before, "STOP");
      redis.awaitFailover(before);
      await().atMost(LIMIT).until(() -> link.connectionNumber().orElse(first) > first);
      redis.signal(before, "CONT");
    }
  }

  private static Path home() throws IOException {
    return Files.createTempDirectory(Files.createDirectories(Path.of("target/failover")), "home-")
        .toAbsolutePath();
  }

  private void play(String acks, String loss, Play play) throws Exception {
    Path home = home();
    Map<String, String> environment =
        Map.of(
            "SUNCHAK_TOKEN_SECRET",
            "of the servers of a failover, long enough",
            "SUNCHAK_POSTGRES_USER",
            engines.postgresOwner().user(),
            "SUNCHAK_POSTGRES_PASSWORD",
            engines.postgresOwner().password(),
            "SUNCHAK_REDIS_ACKS",
            acks,
            "SUNCHAK_REDIS_FAILOVERLOSS",
            loss);
    List<RunningStart> servers = new ArrayList<>();
    try (WatchedRedis redis = new WatchedRedis(engines, home)) {
      List<String> urls = List.of("--redis-url", redis.uri(), "--postgres-url", engines.jdbcUrl());
      for (int i = 0; i < 2; i++) {
        servers.add(RunningStart.on(home.resolve("node-" + i), urls, environment));
      }
      servers.forEach(RunningStart::awaitReady);
      play.on(servers, redis);
    } finally {
      servers.forEach(RunningStart::close);
    }
  }

  private void loseWhatNoReplicaHas(List<RunningStart> servers, WatchedRedis redis)
      throws Exception {
    Campaign campaign = Campaigns.open(USERS);
    int primary = redis.primary();
    List<ApiClient> clients = clients(servers);
    try (BlockedDrain blocked = BlockedDrain.of(engines)) {
      Crowd crowd = new Crowd(campaign, servers.getFirst().signer(), clients).open();
      crowd.press(1, 100).get(120, TimeUnit.SECONDS);
      redis.replicasOf(primary).forEach(replica -> redis.signal(replica, "STOP"));
      int answered = crowd.answered();
      CompletableFuture<Void> pressing = crowd.press(101, USERS);
      await().atMost(LIMIT).until(() -> crowd.answered() > answered + CONNECTIONS);
      for (RunningStart server : servers) {
        server.process().kill();
      }
      redis.signal(primary, "KILL");
      redis.replicasOf(primary).forEach(redis::dieAndComeBack);
      redis.awaitFailover(primary);
      redis.again(primary);
      redis.awaitReplicas();
      for (RunningStart server : servers) {
        server.again();
      }
      blocked.release();
      pressing.get(120, TimeUnit.SECONDS);
      try (BothSides sides = BothSides.of(engines, redis.primaryUri())) {
        crowd.assertPromiseKept(sides, "no replica had it");
      }
    } finally {
      clients.forEach(ApiClient::close);
    }
  }

  private static List<ApiClient> clients(List<RunningStart> servers) {
    return servers.stream().map(server -> new ApiClient(server.url(), CONNECTIONS, CALL)).toList();
  }

  /**
   * One round.
   *
   * @param mayLose whether numbers may be void afterwards that nobody was told: their groups were
   *     lost with the primary, and later ones were not
   */
  private void replace(Fate fate, List<RunningStart> servers, WatchedRedis redis, boolean mayLose)
      throws Exception {
    Campaign campaign = Campaigns.open(USERS * 3 / 4);
    List<ApiClient> clients = clients(servers);
    int before = redis.primary();
    try {
      Crowd crowd = new Crowd(campaign, servers.getFirst().signer(), clients).open();
      crowd.at(USERS / 4, () -> redis.signal(before, fate == Fate.KILLED ? "KILL" : "STOP"));
      CompletableFuture<Void> pressing = crowd.press(1, USERS);
      redis.awaitFailover(before);
      pressing.get(120, TimeUnit.SECONDS);
      if (fate == Fate.KILLED) {
        redis.again(before);
      } else {
        redis.signal(before, "CONT");
      }
      redis.awaitReplicas();
      crowd.press(1, USERS).get(120, TimeUnit.SECONDS);
      try (BothSides sides = BothSides.of(engines, redis.primaryUri())) {
        IssueStage.Stored stored =
            mayLose
                ? crowd.assertPromiseKeptOrVoid(sides, fate)
                : crowd.assertPromiseKept(sides, fate);
        assertThat(stored.rows().size() + stored.failures().size()).isEqualTo(USERS * 3 / 4);
      }
    } finally {
      clients.forEach(ApiClient::close);
    }
  }
}
